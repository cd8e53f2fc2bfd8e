/**
 * What the fields of requests are if nobody says them, and how far they go: generated from the API's OpenAPI document by
 * `npm run types`. Not to be edited.
 */
import type { Schemas } from "./client";

export const DEFAULTS: {
  readonly AdjudicateRequest: Readonly<Pick<Schemas["AdjudicateRequest"], "comment">>;
  readonly ChangedGuidelinesRequest: Readonly<Pick<Schemas["ChangedGuidelinesRequest"], "note">>;
  readonly ClaimRequest: Readonly<Pick<Schemas["ClaimRequest"], "count">>;
  readonly ImageChoiceRequest: Readonly<
    Pick<Schemas["ImageChoiceRequest"], "domains" | "sample" | "sources" | "unconverged_only">
  >;
  readonly NewArchiveRequest: Readonly<Pick<Schemas["NewArchiveRequest"], "checkpoints" | "pictures">>;
  readonly NewBaseRequest: Readonly<Pick<Schemas["NewBaseRequest"], "folder" | "note" | "repository">>;
  readonly NewCaptionsRequest: Readonly<Pick<Schemas["NewCaptionsRequest"], "splits" | "with_alt_text">>;
  readonly NewExportRequest: Readonly<
    Pick<
      Schemas["NewExportRequest"],
      | "accepted_only"
      | "byte_order_mark"
      | "control"
      | "domains"
      | "format"
      | "images"
      | "mix"
      | "mix_seed"
      | "sources"
      | "splits"
      | "text"
    >
  >;
  readonly NewImportRequest: Readonly<
    Pick<Schemas["NewImportRequest"], "address" | "byte_count" | "file_name">
  >;
  readonly NewLessonRequest: Readonly<Pick<Schemas["NewLessonRequest"], "about">>;
  readonly NewProjectRequest: Readonly<
    Pick<Schemas["NewProjectRequest"], "caption_limit" | "guidelines" | "language">
  >;
  readonly NewRoundRequest: Readonly<
    Pick<
      Schemas["NewRoundRequest"],
      | "annotators_per_image"
      | "check_share"
      | "cohorts"
      | "control_share"
      | "images"
      | "lease_minutes"
      | "number"
      | "order"
      | "own_previous_allowed"
      | "people"
      | "review_level_names"
      | "review_levels"
      | "review_share"
      | "seed"
    >
  >;
  readonly PromotionRequest: Readonly<Pick<Schemas["PromotionRequest"], "reason">>;
  readonly ReadingRequest: Readonly<
    Pick<Schemas["ReadingRequest"], "columns" | "encoding" | "format" | "images" | "texts">
  >;
  readonly ReasonRequest: Readonly<Pick<Schemas["ReasonRequest"], "note" | "reason">>;
  readonly RenewSecretRequest: Readonly<Pick<Schemas["RenewSecretRequest"], "grace_hours">>;
  readonly ReviewRequest: Readonly<Pick<Schemas["ReviewRequest"], "comment">>;
  readonly StartImportRequest: Readonly<
    Pick<
      Schemas["StartImportRequest"],
      | "columns"
      | "domain"
      | "encoding"
      | "format"
      | "images"
      | "licence"
      | "repair_texts"
      | "source"
      | "split"
      | "texts"
      | "without_texts"
    >
  >;
} = {
  AdjudicateRequest: { comment: "" },
  ChangedGuidelinesRequest: { note: "" },
  ClaimRequest: { count: 1 },
  ImageChoiceRequest: { domains: [], sample: null, sources: [], unconverged_only: false },
  NewArchiveRequest: { checkpoints: false, pictures: true },
  NewBaseRequest: { folder: "", note: "", repository: "" },
  NewCaptionsRequest: { splits: [], with_alt_text: true },
  NewExportRequest: {
    accepted_only: true,
    byte_order_mark: false,
    control: false,
    domains: [],
    format: "jsonl",
    images: false,
    mix: null,
    mix_seed: 0,
    sources: [],
    splits: [],
    text: "caption",
  },
  NewImportRequest: { address: "", byte_count: 0, file_name: "" },
  NewLessonRequest: { about: "" },
  NewProjectRequest: { caption_limit: 10000, guidelines: "", language: "en" },
  NewRoundRequest: {
    annotators_per_image: 1,
    check_share: 0,
    cohorts: [],
    control_share: 0,
    images: { sources: [], domains: [], unconverged_only: false, sample: null },
    lease_minutes: 30,
    number: null,
    order: "imported",
    own_previous_allowed: false,
    people: [],
    review_level_names: null,
    review_levels: null,
    review_share: 0,
    seed: 0,
  },
  PromotionRequest: { reason: "" },
  ReadingRequest: { columns: {}, encoding: "", format: "", images: "", texts: "" },
  ReasonRequest: { note: "", reason: "" },
  RenewSecretRequest: { grace_hours: 24 },
  ReviewRequest: { comment: "" },
  StartImportRequest: {
    columns: {},
    domain: "",
    encoding: "",
    format: "",
    images: "",
    licence: "",
    repair_texts: false,
    source: "",
    split: "",
    texts: "",
    without_texts: false,
  },
};

export const BOUNDS = {
  AdjudicateRequest: {
    chosen: { min: 1 },
    comment: { maxLength: 5000 },
    image: { min: 1 },
    seen: { each: { min: 1 } },
    text: { maxLength: 1000000 },
  },
  ChangedGuidelinesRequest: {
    note: { maxLength: 500 },
    text: { maxLength: 100000 },
    version: { min: 0, max: 1000000 },
  },
  ClaimRequest: { count: { min: 1, max: 20 } },
  CohortShareRequest: { cohort: { maxLength: 60 }, share: { min: 0, max: 1 } },
  ConceptRequest: { phrase: { maxLength: 500 } },
  ConfirmedPersonRequest: { username: { maxLength: 150 } },
  CountedTextRequest: { text: { maxLength: 100000 } },
  EmbedRequest: { project: { maxLength: 60 } },
  ImageChoiceRequest: {
    domains: { each: { maxLength: 200 } },
    sample: { min: 1, max: 2147483647 },
    sources: { each: { maxLength: 200 } },
  },
  InviteRequest: { username: { maxLength: 150 } },
  NewApiTokenRequest: { days: { min: 1, max: 3650 }, name: { maxLength: 100 }, project: { maxLength: 60 } },
  NewArchiveImportRequest: { byte_count: { min: 1 }, file_name: { maxLength: 1000 } },
  NewArchiveRequest: { project: { maxLength: 60 } },
  NewBaseRequest: {
    folder: { maxLength: 250 },
    name: { maxLength: 80 },
    note: { maxLength: 5000 },
    repository: { maxLength: 250 },
  },
  NewCohortRequest: { name: { maxLength: 60 } },
  NewExportRequest: {
    domains: { each: { maxLength: 200 } },
    mix: { min: 0, max: 1 },
    mix_seed: { min: 0, max: 2147483647 },
    round: { min: 1 },
    sources: { each: { maxLength: 200 } },
  },
  NewImportRequest: {
    address: { maxLength: 4000 },
    byte_count: { min: 0 },
    file_name: { maxLength: 1000 },
    project: { maxLength: 60 },
  },
  NewLessonRequest: {
    about: { maxLength: 1000 },
    example: { maxLength: 1000000 },
    has: { each: { each: { maxLength: 100 } } },
    image: { min: 1 },
    lacks: { each: { maxLength: 100 } },
    starting_text: { maxLength: 1000000 },
  },
  NewProjectRequest: {
    caption_limit: { min: 1, max: 20000 },
    guidelines: { maxLength: 100000 },
    language: { maxLength: 35 },
    name: { maxLength: 120 },
    slug: { maxLength: 60 },
  },
  NewRoundRequest: {
    annotators_per_image: { min: 1, max: 20 },
    check_share: { min: 0, max: 0.5 },
    control_share: { min: 0, max: 1 },
    lease_minutes: { min: 1, max: 1440 },
    number: { min: 1, max: 10000 },
    people: { each: { maxLength: 150 } },
    project: { maxLength: 60 },
    review_level_names: { each: { maxLength: 60 } },
    review_levels: { min: 1, max: 5 },
    review_share: { min: 0, max: 1 },
    seed: { min: 0, max: 2147483647 },
  },
  NewWebhookRequest: { url: { maxLength: 500 } },
  PatchedChangeMemberRequest: { cohort: { maxLength: 60 } },
  PatchedChangedProjectRequest: {
    caption_limit: { min: 1, max: 20000 },
    flag_reasons: { each: { maxLength: 200 } },
    language: { maxLength: 35 },
    name: { maxLength: 120 },
    release_reasons: { each: { maxLength: 200 } },
    review_level_names: { each: { maxLength: 60 } },
    review_levels: { min: 1, max: 5 },
    skip_reasons: { each: { maxLength: 200 } },
  },
  PatchedChangedWebhookRequest: { url: { maxLength: 500 } },
  PatchedChosenCaptionerRequest: { base: { maxLength: 80 }, recipe: { maxLength: 60 } },
  PromotionRequest: { reason: { maxLength: 2000 } },
  ProviderRequest: { next: { maxLength: 500 } },
  ReadingRequest: { encoding: { maxLength: 60 }, images: { maxLength: 1000 }, texts: { maxLength: 1000 } },
  ReasonRequest: { note: { maxLength: 2000 }, reason: { maxLength: 2000 } },
  RenewSecretRequest: { grace_hours: { min: 0, max: 720 } },
  ReviewRequest: {
    anchor: { each: { min: 0, max: 10000000 } },
    caption: { min: 1 },
    comment: { maxLength: 5000 },
    level: { min: 1, max: 5 },
    text: { maxLength: 1000000 },
  },
  SeenRequest: { version: { min: 0, max: 1000000 } },
  SignInRequest: { link: { maxLength: 200 } },
  StartArchiveImportRequest: { slug: { maxLength: 60 } },
  StartImportRequest: {
    domain: { maxLength: 200 },
    encoding: { maxLength: 60 },
    images: { maxLength: 1000 },
    licence: { maxLength: 200 },
    source: { maxLength: 200 },
    texts: { maxLength: 1000 },
  },
  SubmissionRequest: {
    pasted_share: { min: 0, max: 1 },
    seconds: { min: 0, max: 10000000 },
    text: { maxLength: 1000000 },
  },
  UndoRequest: { caption: { min: 1 } },
  WithdrawRequest: { reason: { maxLength: 2000 } },
  WorkInProgressRequest: { text: { maxLength: 1000000 }, version: { min: 0 } },
} as const;
