/** The API's types, generated from its OpenAPI document by `npm run types`. Not to be edited. */

export interface paths {
  "/_allauth/browser/v1/account/authenticators": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List authenticators */
    get: operations["account_authenticators_get"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/_allauth/browser/v1/account/authenticators/recovery-codes": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List recovery codes
     * @description List recovery codes.
     */
    get: operations["account_recovery_codes_get"];
    put?: never;
    /** Regenerate recovery codes */
    post: operations["account_recovery_codes_post"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/_allauth/browser/v1/account/authenticators/totp": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * TOTP authenticator status
     * @description Retrieve the information about the current TOTP authenticator, if any.
     */
    get: operations["account_authenticator_app_get"];
    put?: never;
    /**
     * Activate TOTP
     * @description The code should be provided from the consuming TOTP authenticator
     *     application which was generated using the TOTP authenticator secret
     *     retrieved from the TOTP authenticator status endpoint.
     */
    post: operations["account_authenticator_app_post"];
    /**
     * Deactivate TOTP
     * @description Deactivates TOTP authentication. If the user authentication is not
     *     sufficiently recent, a reauthentication flow (`401`) will is presented.
     */
    delete: operations["account_authenticator_app_delete"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/_allauth/browser/v1/account/authenticators/webauthn": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get WebAuthn credential creation options
     * @description Returns the WebAuthn credential creation options, that can be
     *     processed using `parseCreationOptionsFromJSON()` on the frontend.
     */
    get: operations["account_passkeys_get"];
    /**
     * Rename a WebAuthn credential
     * @description You can alter the name of a WebAuthn credential by PUT'ting the ID and
     *     name of the authenticator representing that credential. You can obtain
     *     the credentials via the "List authenticators" endpoint.
     */
    put: operations["account_passkeys_put"];
    /** Add a WebAuthn credential */
    post: operations["account_passkeys_post"];
    /** Delete a WebAuthn credential */
    delete: operations["account_passkeys_delete"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/_allauth/browser/v1/account/password/change": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Change password
     * @description In order to change the password of an account, the current and new
     *     password must be provider.  However, accounts that were created by
     *     signing up using a third-party provider do not have a password set. In
     *     that case, the current password is not required.
     */
    post: operations["account_password_post"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/_allauth/browser/v1/account/providers": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List the connected third-party provider accounts */
    get: operations["account_providers_get"];
    put?: never;
    post?: never;
    /**
     * Disconnect a third-party provider account
     * @description Disconnect a third-party provider account, returning the remaining
     *     accounts that are still connected. The disconnect is not allowed if it
     *     would leave the account unusable. For example, if no password was
     *     set up yet.
     */
    delete: operations["account_providers_delete"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/_allauth/browser/v1/auth/2fa/authenticate": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Two-factor authentication
     * @description If, during authentication,  a response with status 401 is encountered where one of the pending
     *     flows has ID `mfa_authenticate`, that indicates that the Two-Factor Authentication stage needs to
     *     be completed.
     */
    post: operations["account_second_factor_post"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/_allauth/browser/v1/auth/2fa/reauthenticate": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Reauthenticate using 2FA
     * @description In order to safeguard the account, some actions require the user to be
     *     recently authenticated.  If you try to perform such an action without
     *     having been recently authenticated, a `401` status is returned, listing
     *     flows that can be performed to reauthenticate. One such flow is the flow
     *     with ID `mfa_reauthenticate`, which allows for the user to input an
     *     authenticator code (e.g. TOTP or recovery code). This is the endpoint
     *     related towards that flow.
     */
    post: operations["account_reauthenticate_by_code_post"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/_allauth/browser/v1/auth/login": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Login
     * @description Login using a username-password or email-password combination.
     */
    post: operations["account_sign_in_post"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/_allauth/browser/v1/auth/reauthenticate": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Reauthenticate
     * @description In order to safeguard the account, some actions require the user to be
     *     recently authenticated.  If you try to perform such an action without
     *     having been recently authenticated, a `401` status is returned, listing
     *     flows that can be performed to reauthenticate. One such flow is the flow
     *     with ID `reauthenticate`, which allows for the user to input the
     *     password. This is the endpoint related towards that flow.
     */
    post: operations["account_reauthenticate_post"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/_allauth/browser/v1/auth/session": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get authentication status
     * @description Retrieve information about the authentication status for the current
     *     session.
     */
    get: operations["account_session_get"];
    put?: never;
    post?: never;
    /**
     * Logout
     * @description Logs out the user from the current session.
     */
    delete: operations["account_session_delete"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/_allauth/browser/v1/auth/sessions": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List sessions */
    get: operations["account_sessions_get"];
    put?: never;
    post?: never;
    /** End one or more sessions */
    delete: operations["account_sessions_delete"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/_allauth/browser/v1/auth/webauthn/authenticate": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get WebAuthn credential request options for 2FA
     * @description Returns the WebAuthn credential request options, that can be
     *     processed using `parseRequestOptionsFromJSON()` on the frontend. The
     *     user verification requirement is controlled by
     *     `MFA_WEBAUTHN_USER_VERIFICATION`.
     */
    get: operations["account_second_factor_by_passkey_get"];
    put?: never;
    /**
     * Perform 2FA using WebAuthn
     * @description Perform Two-Factor Authentication using a WebAuthn credential.
     */
    post: operations["account_second_factor_by_passkey_post"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/_allauth/browser/v1/auth/webauthn/login": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get WebAuthn credential request options for login
     * @description Returns the WebAuthn credential request options, that can be
     *     processed using `parseRequestOptionsFromJSON()` on the frontend.
     *     Passkey login always requires user verification.
     */
    get: operations["account_sign_in_by_passkey_get"];
    put?: never;
    /**
     * Login using WebAuthn
     * @description Login using a WebAuthn credential (Passkey). Both 200 and 401 can be
     *     expected after a successful request.  The 401 can, for example, occur
     *     when the credential passed was valid, but the email attached to the
     *     account still requires verification.
     */
    post: operations["account_sign_in_by_passkey_post"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/_allauth/browser/v1/auth/webauthn/reauthenticate": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get WebAuthn credential request options for reauthentication
     * @description Returns the WebAuthn credential request options, that can be
     *     processed using `parseRequestOptionsFromJSON()` on the frontend. The
     *     user verification requirement is controlled by
     *     `MFA_WEBAUTHN_USER_VERIFICATION`.
     */
    get: operations["account_reauthenticate_by_passkey_get"];
    put?: never;
    /**
     * Reauthenticate using WebAuthn
     * @description Reauthenticate the user using a WebAuthn credential.
     */
    post: operations["account_reauthenticate_by_passkey_post"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/_allauth/browser/v1/config": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get configuration
     * @description There are many configuration options that alter the functionality
     *     and behavior of django-allauth, some of which can also impact the
     *     frontend. Therefore, relevant configuration options are exposed via
     *     this endpoint. The data returned is not user/authentication
     *     dependent. Hence, it suffices to only fetch this data once at boot
     *     time of your application.
     */
    get: operations["account_config_get"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/api-tokens/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description Newest first, the revoked ones too. */
    get: operations["api_tokens_list"];
    put?: never;
    /** @description Make one. */
    post: operations["api_tokens_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/api-tokens/{id}/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** @description Revoke it. */
    delete: operations["api_tokens_destroy"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/archive-imports/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description For owners of the site: the archives that were brought in. */
    get: operations["archive_imports_list"];
    put?: never;
    /** @description Announce a file, to be sent by PUT …/content/. */
    post: operations["archive_imports_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/archive-imports/{id}/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description For owners of the site: the archives that were brought in. */
    get: operations["archive_imports_retrieve"];
    put?: never;
    post?: never;
    /** @description Forget it with its files. What it brought stays. */
    delete: operations["archive_imports_destroy"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/archive-imports/{id}/content/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** @description Send the next piece of the file, at most 64 MiB. After a broken connection go on where `received` says. */
    put: operations["archive_imports_content_update"];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/archive-imports/{id}/people/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description Whom it names, in which role, and whether an account here has that name: to be seen before it is started. */
    get: operations["archive_imports_people_list"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/archive-imports/{id}/start/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** @description Make a project of it. One that failed or was cancelled may be started again, under another name too. */
    post: operations["archive_imports_start_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/archives/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description Newest first. */
    get: operations["archives_list"];
    put?: never;
    /** @description Ask for an archive of the project as it is now; a worker writes it. */
    post: operations["archives_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/archives/{id}/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description The archives of the projects that the caller runs. */
    get: operations["archives_retrieve"];
    put?: never;
    post?: never;
    /** @description Remove it with its file. */
    delete: operations["archives_destroy"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/archives/{id}/file/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description The file, as a download. */
    get: operations["archives_file_retrieve"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/captioner-bases/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description The bases that captioners may start from. */
    get: operations["captioner_bases_list"];
    put?: never;
    /** @description Register one (owners of the site); a worker of the captioner looks into it. */
    post: operations["captioner_bases_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/captioner-bases/{id}/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** @description Take it off the list (owners of the site); its files stay. Refused while a project starts from it. */
    delete: operations["captioner_bases_destroy"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/captioner-runs/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description Newest first. */
    get: operations["captioner_runs_list"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/captioner-runs/{id}/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description One run. */
    get: operations["captioner_runs_retrieve"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/captioner-runs/{id}/caption-images/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** @description Caption the project's images in bulk; a worker writes the export, as Parquet files. */
    post: operations["captioner_runs_caption_images_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/captioner-runs/{id}/promote/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** @description Overrule the gate: let this run write drafts. */
    post: operations["captioner_runs_promote_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/captions/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description Newest first. */
    get: operations["captions_list"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/captions/{id}/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description Annotators see their own, also while they are paused; reviewers and admins see their projects'. */
    get: operations["captions_retrieve"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/captions/{id}/edit/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description Word by word. */
    get: operations["captions_edit_retrieve"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/events/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description Newest first; ?object_type=task&object_id=7 is the life of one task. */
    get: operations["events_list"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/exports/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description Newest first. */
    get: operations["exports_list"];
    put?: never;
    /** @description Ask for an export; a worker writes it. */
    post: operations["exports_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/exports/{id}/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description The exports of the projects that the caller runs. */
    get: operations["exports_retrieve"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/exports/{id}/changes/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description What changed since the previous export of its kind: a line an image, with the fields that differ. */
    get: operations["exports_changes_retrieve"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/exports/{id}/files/{name}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description Only names that the manifest lists, or that a picture has. */
    get: operations["exports_files_retrieve"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/exports/{id}/tar/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description All its files, pictures and manifest, as one tar. */
    get: operations["exports_tar_retrieve"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/exports/formats/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description Their names. */
    get: operations["exports_formats_retrieve"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/exports/latest/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description The newest finished export of a project (in one format): where programs that follow a project look. */
    get: operations["exports_latest_retrieve"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/images/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description In the order of their import. */
    get: operations["images_list"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/images/{id}/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description For reviewers and admins: annotators get their images with their tasks. */
    get: operations["images_retrieve"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/images/{id}/history/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description Every round's captions of it with their verdicts, the captioners' drafts, the exports and archives that hold it. */
    get: operations["images_history_retrieve"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/images/{id}/pixels/{size}/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description A browser that has it asks again before each showing (304), so that a takedown is seen at once. */
    get: operations["images_pixels_retrieve"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/images/{id}/similar/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description More like this: the images that look most like it, likest first. */
    get: operations["images_similar_retrieve"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/images/{id}/withdraw/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** @description Take it down at its source's request: no longer served, handed out, exported or trained on. For admins. */
    post: operations["images_withdraw_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/images/embed/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** @description Have a worker of the captioner embed the project's images that are not yet. For admins. */
    post: operations["images_embed_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/imports/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description Newest first. */
    get: operations["imports_list"];
    put?: never;
    /** @description Announce a file, to be sent by PUT …/content/, or name an address, which a worker fetches. */
    post: operations["imports_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/imports/{id}/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description The imports of the projects that the caller runs. */
    get: operations["imports_retrieve"];
    put?: never;
    post?: never;
    /** @description Forget it with its files. What it brought stays. */
    delete: operations["imports_destroy"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/imports/{id}/content/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** @description Send the next piece of the file, at most 64 MiB. After a broken connection go on where `received` says. */
    put: operations["imports_content_update"];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/imports/{id}/inspect/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** @description Have a worker look into the source once more, read as is said here. */
    post: operations["imports_inspect_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/imports/{id}/rows/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description Every row's outcome as CSV; cells that a spreadsheet would run are text. */
    get: operations["imports_rows_retrieve"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/imports/{id}/start/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * @description Import the rows. One that failed or was cancelled may be started again with other options, or go on as it was by
     *     retrying its job.
     */
    post: operations["imports_start_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/imports/formats/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description Which formats there are, and what a column may mean. */
    get: operations["imports_formats_retrieve"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/invitations/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description The oldest first; one a project at most. */
    get: operations["invitations_list"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/invitations/{id}/accept/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** @description Accept: the caller is a member from now on. */
    post: operations["invitations_accept_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/invitations/{id}/decline/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** @description Decline: the project's admins see that the invitation is gone. They may ask again. */
    post: operations["invitations_decline_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/jobs/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description Newest first. */
    get: operations["jobs_list"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/jobs/{id}/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description The jobs of the projects that the caller runs. */
    get: operations["jobs_retrieve"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/jobs/{id}/cancel/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** @description Stop it: at once when queued, at its next heartbeat when running. */
    post: operations["jobs_cancel_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/jobs/{id}/retry/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** @description Queue a failed or cancelled job again. */
    post: operations["jobs_retry_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/people/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description By name. */
    get: operations["people_list"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/people/{username}/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /** @description Deactivate: sessions and tokens end, held tasks go to others, the work stays. Or let them in again. */
    patch: operations["people_partial_update"];
    trace?: never;
  };
  "/api/v1/people/{username}/second-factor/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** @description Remove authenticator app, passkeys and recovery codes, for who lost them all. */
    delete: operations["people_second_factor_destroy"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/people/{username}/sessions/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** @description End all of them: they have to sign in again, everywhere. */
    delete: operations["people_sessions_destroy"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/people/{username}/sign-in-link/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** @description A sign-in link that works once, for a day. A second factor is still asked for. */
    post: operations["people_sign_in_link_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/projects/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description The caller's projects. */
    get: operations["projects_list"];
    put?: never;
    /** @description The site's owner makes projects. */
    post: operations["projects_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/projects/{slug}/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description The caller's projects. */
    get: operations["projects_retrieve"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /** @description Change settings (admin). */
    patch: operations["projects_partial_update"];
    trace?: never;
  };
  "/api/v1/projects/{slug}/captioner/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description What is chosen. */
    get: operations["projects_captioner_retrieve"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /** @description Choose; it holds for runs that are queued from now on. */
    patch: operations["projects_captioner_partial_update"];
    trace?: never;
  };
  "/api/v1/projects/{slug}/cohorts/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description By name; a project has few. */
    get: operations["cohorts_list"];
    put?: never;
    /** @description Form one; members are put into it by PATCH of the member. */
    post: operations["projects_cohorts_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/projects/{slug}/cohorts/{id}/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** @description Remove it, unless a round gave it tasks. */
    delete: operations["projects_cohorts_destroy"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/projects/{slug}/guidelines/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description For every member. */
    get: operations["projects_guidelines_retrieve"];
    /** @description A new version (admin). 409 newer-text-saved carries the text that somebody else saved meanwhile. */
    put: operations["projects_guidelines_update"];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/projects/{slug}/guidelines/pictures/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** @description Keep a picture (admin). */
    post: operations["projects_guidelines_pictures_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/projects/{slug}/guidelines/pictures/{sha256}/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description For every member; its address is its content. */
    get: operations["projects_guidelines_pictures_retrieve"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/projects/{slug}/guidelines/seen/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** @description From then on only later changes are shown as new. */
    post: operations["projects_guidelines_seen_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/projects/{slug}/guidelines/versions/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description Every version, the newest first. */
    get: operations["projects_guidelines_versions_list"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/projects/{slug}/guidelines/versions/{number}/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description Its text and the one that it changed, for every member. */
    get: operations["projects_guidelines_versions_retrieve"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/projects/{slug}/invitations/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description By name; a project has 200 at most. POST to its members invites. */
    get: operations["project_invitations_list"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/projects/{slug}/invitations/{username}/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** @description Withdraw it. */
    delete: operations["projects_invitations_destroy"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/projects/{slug}/lessons/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description For every member, in their order; without those whose image was taken down. */
    get: operations["projects_lessons_list"];
    /** @description Put these in the place of all before (admin); an empty list goes back to those of the software. */
    put: operations["projects_lessons_update"];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/projects/{slug}/members/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description By name; a project has few enough for one answer. */
    get: operations["projects_members_list"];
    put?: never;
    /**
     * @description Invite somebody. Who has an account is asked first, unless an owner of the site invites; who has none gets one and a
     *     link, and is a member.
     */
    post: operations["projects_members_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/projects/{slug}/members/{username}/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * @description Remove them: tasks that they hold go to others, their captions stay with their name, their tokens for the project
     *     end.
     */
    delete: operations["projects_members_destroy"];
    options?: never;
    head?: never;
    /** @description Change role or cohort, pause or resume. Pausing hands the tasks that the person holds to others. */
    patch: operations["projects_members_partial_update"];
    trace?: never;
  };
  "/api/v1/projects/{slug}/practised/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** @description Practice itself stays in the browser: nothing of it is ever a caption. */
    post: operations["projects_practised_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/projects/{slug}/token-counts/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** @description Nothing of the text is kept. */
    post: operations["projects_token_counts_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/projects/{slug}/webhooks/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description Oldest first. */
    get: operations["projects_webhooks_list"];
    put?: never;
    /** @description Add one; see docs/webhooks.md for what is sent and how to check that it is ours. */
    post: operations["projects_webhooks_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/projects/{slug}/webhooks/{webhook}/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** @description Remove it with its log. */
    delete: operations["projects_webhooks_destroy"];
    options?: never;
    head?: never;
    /** @description Change its address, its events, or whether it is told. */
    patch: operations["projects_webhooks_partial_update"];
    trace?: never;
  };
  "/api/v1/projects/{slug}/webhooks/{webhook}/deliveries/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description The newest fifty. */
    get: operations["projects_webhooks_deliveries_list"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/projects/{slug}/webhooks/{webhook}/deliveries/{delivery}/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** @description Send it again, now. */
    post: operations["projects_webhooks_deliveries_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/projects/{slug}/webhooks/{webhook}/secret/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** @description Make a new one. Until the grace time is over each message is signed with both. */
    post: operations["projects_webhooks_secret_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/projects/{slug}/webhooks/{webhook}/test/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** @description Send it a message of no consequence within seconds; its log tells how that went. */
    post: operations["projects_webhooks_test_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/rounds/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description In the order of their launch; ?project= narrows to one project. */
    get: operations["rounds_list"];
    put?: never;
    /** @description Launch the project's next round (admin). */
    post: operations["rounds_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/rounds/{id}/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description One round. */
    get: operations["rounds_retrieve"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/rounds/{id}/adjudication/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description The next images to decide on, none that the caller captioned. */
    get: operations["rounds_adjudication_list"];
    put?: never;
    /** @description Pick one of the captions seen, or merge them into one. Of two reviewers the first decides (409). */
    post: operations["rounds_adjudication_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/rounds/{id}/agreement/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description Per pair and per person, on captions and on concepts. */
    get: operations["rounds_agreement_retrieve"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/rounds/{id}/claim/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** @description Top up what the caller holds to `count` tasks, by lease; asking again is safe. */
    post: operations["rounds_claim_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/rounds/{id}/close/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** @description Close the round; training, evaluation and drafts follow as jobs (admin). */
    post: operations["rounds_close_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/rounds/{id}/closing-check/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description What is unfinished, and what would be accepted (admin). */
    get: operations["rounds_closing_check_retrieve"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/rounds/{id}/convergence/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description Against the round before. */
    get: operations["rounds_convergence_retrieve"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/rounds/{id}/measure/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** @description A worker of the captioner compares them with their images and with each other, for the report and agreement. */
    post: operations["rounds_measure_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/rounds/{id}/own-progress/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description How far the caller is: how many tasks they have done, and how many are left for them. */
    get: operations["rounds_own_progress_retrieve"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/rounds/{id}/own-verdicts/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description What the caller accepted last and may decide on once more, as nobody else has since; newest first (reviewer). */
    get: operations["rounds_own_verdicts_list"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/rounds/{id}/people/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description By name, with alarms. */
    get: operations["rounds_people_list"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/rounds/{id}/report/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description What starting from the draft did to time, length and editing; what reviewers decided. */
    get: operations["rounds_report_retrieve"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/rounds/{id}/review-queue/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description The next captions to decide on, oldest first (reviewer). */
    get: operations["rounds_review_queue_list"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/rounds/{id}/undo-launch/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** @description Take the launch back, as long as nothing was handed in (admin). */
    post: operations["rounds_undo_launch_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/rounds/{id}/waiting/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description How many captions wait for a verdict of the caller's, and in how many images for their choice (reviewer). */
    get: operations["rounds_waiting_retrieve"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/rounds/preview/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** @description What a launch with these choices would create; nothing is changed (admin). */
    post: operations["rounds_preview_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/session/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description Who is signed in; also sets the CSRF cookie. */
    get: operations["session_retrieve"];
    put?: never;
    /** @description Sign in; the link is used up and the session's key is a new one. 401 when a second factor has to follow. */
    post: operations["session_create"];
    /** @description Sign out. */
    delete: operations["session_destroy"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/session/provider/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** @description The address at the provider to send the browser to; it comes back to `next`. */
    post: operations["session_provider_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/tasks/{id}/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** @description A task that the caller holds; of one that they held, what they had and wrote. Reviewers see every task. */
    get: operations["tasks_retrieve"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/tasks/{id}/flag/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** @description Ask for a reviewer's eyes; the caller goes on with the task. */
    post: operations["tasks_flag_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/tasks/{id}/release/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** @description Give the task back now. */
    post: operations["tasks_release_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/tasks/{id}/review/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** @description Accept, return, or fix and accept (reviewer). Who accepted may decide once more, until somebody else has. */
    post: operations["tasks_review_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/tasks/{id}/skip/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** @description Pass the task on to somebody else. */
    post: operations["tasks_skip_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/tasks/{id}/submit/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** @description Hand a caption in: 201, or 200 with the same answer when this submission was stored before. */
    post: operations["tasks_submit_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/tasks/{id}/undo/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * @description Take a submission of the caller's back, while the round is open and nobody has reviewed it. Until they submit again,
     *     the caption stands. 409 task-not-yours says why not.
     */
    post: operations["tasks_undo_create"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/tasks/{id}/working-copy/": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * @description Autosave; extends the lease. 409 newer-text-saved carries the newer text and its version. 403 paused: the words are
     *     kept all the same.
     */
    put: operations["tasks_working_copy_update"];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    /** @description One kind of a source's parts: how many are used, and why others are not. */
    Account: {
      kind: components["schemas"]["AccountKindEnum"];
      left: number;
      reasons: components["schemas"]["Left"][];
      used: number;
    };
    /** @description Configuration of the Django `allauth.account` app. */
    AccountAccountConfiguration: {
      email_verification_by_code_enabled: boolean;
      is_open_for_signup: boolean;
      login_by_code_enabled: boolean;
      login_methods?: ("email" | "username")[];
      password_reset_by_code_enabled?: boolean;
    };
    AccountAuthenticated: {
      /** @description A list of methods used to authenticate. */
      methods: components["schemas"]["AccountAuthenticationMethod"][];
      user: components["schemas"]["AccountUser"];
    };
    AccountAuthenticatedMeta: components["schemas"]["AccountBaseAuthenticationMeta"] & {
      /** @enum {boolean} */
      is_authenticated: true;
    };
    AccountAuthenticatedResponse: {
      data: components["schemas"]["AccountAuthenticated"];
      meta: components["schemas"]["AccountAuthenticationMeta"];
      status: components["schemas"]["AccountStatusOK"];
    };
    AccountAuthenticationMeta: components["schemas"]["AccountBaseAuthenticationMeta"] & {
      is_authenticated: boolean;
    };
    AccountAuthenticationMethod:
      | {
          at: components["schemas"]["AccountTimestamp"];
          email?: components["schemas"]["AccountEmail"];
          /** @enum {string} */
          method: "password";
          username?: components["schemas"]["AccountUsername"];
        }
      | {
          at: components["schemas"]["AccountTimestamp"];
          email: components["schemas"]["AccountEmail"];
          /** @enum {string} */
          method: "password_reset";
        }
      | {
          at: components["schemas"]["AccountTimestamp"];
          email: components["schemas"]["AccountEmail"];
          /** @enum {string} */
          method: "code";
        }
      | {
          at: components["schemas"]["AccountTimestamp"];
          /** @enum {string} */
          method: "code";
          phone: components["schemas"]["AccountPhone"];
        }
      | {
          at: components["schemas"]["AccountTimestamp"];
          /** @enum {string} */
          method: "password";
          /** @enum {boolean} */
          reauthenticated: true;
        }
      | {
          at: components["schemas"]["AccountTimestamp"];
          /** @enum {string} */
          method: "socialaccount";
          provider: components["schemas"]["AccountProviderID"];
          uid: components["schemas"]["AccountProviderAccountID"];
        }
      | {
          at: components["schemas"]["AccountTimestamp"];
          /** @enum {string} */
          method: "mfa";
          reauthenticated?: boolean;
          type: components["schemas"]["AccountAuthenticatorType"];
        };
    /** @description An authentication related response. */
    AccountAuthenticationResponse: {
      data: {
        flows: components["schemas"]["AccountFlow"][];
      };
      meta: components["schemas"]["AccountAuthenticationMeta"];
      /** @enum {integer} */
      status: 401;
    };
    /**
     * @description An authenticator code.
     * @example 314159
     */
    AccountAuthenticatorCode: string;
    /**
     * @description Authenticator ID.
     * @example 123
     */
    AccountAuthenticatorID: number;
    AccountAuthenticatorList: (
      | components["schemas"]["AccountTOTPAuthenticator"]
      | components["schemas"]["AccountRecoveryCodesAuthenticator"]
      | components["schemas"]["AccountWebAuthnAuthenticator"]
    )[];
    /**
     * @description The type of authenticator.
     * @enum {string}
     */
    AccountAuthenticatorType: "recovery_codes" | "totp" | "webauthn";
    AccountBaseAuthenticationMeta: {
      /**
       * @description The access token (`app` clients only).
       * @example eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdW
       */
      access_token?: string;
      /**
       * @description The session token (`app` clients only).
       * @example ufwcig0zen9skyd545jc0fkq813ghar2
       */
      session_token?: string;
    };
    AccountBaseAuthenticator: {
      created_at: components["schemas"]["AccountTimestamp"];
      last_used_at: components["schemas"]["AccountOptionalTimestamp"];
    };
    /**
     * @example {
     *       "status": 200,
     *       "data": {
     *         "account": {
     *           "authentication_method": "email"
     *         },
     *         "socialaccount": {
     *           "providers": [
     *             {
     *               "id": "google",
     *               "name": "Google",
     *               "flows": [
     *                 "provider_redirect",
     *                 "provider_token"
     *               ],
     *               "client_id": "123.apps.googleusercontent.com",
     *               "openid_configuration_url": "https://accounts.google.com/.well-known/openid-configuration"
     *             }
     *           ]
     *         },
     *         "mfa": {
     *           "supported_types": [
     *             "recovery_codes",
     *             "totp"
     *           ]
     *         },
     *         "usersessions": {
     *           "track_activity": false
     *         }
     *       }
     *     }
     */
    AccountConfigurationResponse: {
      data: {
        account: components["schemas"]["AccountAccountConfiguration"];
        mfa?: components["schemas"]["AccountMFAConfiguration"];
        socialaccount?: components["schemas"]["AccountSocialAccountConfiguration"];
        usersessions?: components["schemas"]["AccountUserSessionsConfiguration"];
      };
      status: components["schemas"]["AccountStatusOK"];
    };
    AccountConflictResponse: {
      /** @enum {integer} */
      status: 409;
    };
    /**
     * @description The email address.
     * @example email@domain.org
     */
    AccountEmail: string;
    AccountEndSessions: {
      /** @description The IDs of the sessions that are to be ended. */
      sessions: number[];
    };
    AccountErrorResponse: {
      errors?: {
        /**
         * @description An error code.
         * @example invalid
         */
        code: string;
        /**
         * @description A human readable error message.
         * @example Enter a valid email address.
         */
        message: string;
        /**
         * @description The name of the input parameter that was incorrect.
         * @example email
         */
        param?: string;
      }[];
      /**
       * @example 400
       * @enum {integer}
       */
      status?: 400;
    };
    AccountFlow: {
      /** @enum {string} */
      id:
        | "login"
        | "login_by_code"
        | "mfa_authenticate"
        | "mfa_reauthenticate"
        | "provider_redirect"
        | "provider_signup"
        | "provider_token"
        | "reauthenticate"
        | "signup"
        | "verify_email"
        | "verify_phone";
      /** @enum {boolean} */
      is_pending?: true;
      provider?: components["schemas"]["AccountProvider"];
      /** @description Matches `settings.MFA_SUPPORTED_TYPES`. */
      types?: components["schemas"]["AccountAuthenticatorType"][];
    };
    /** @enum {string} */
    AccountKindEnum: "file" | "member" | "column" | "annotation" | "text";
    AccountLogin: {
      password: components["schemas"]["AccountPassword"];
    } & (
      | {
          username: components["schemas"]["AccountUsername"];
        }
      | {
          email: components["schemas"]["AccountEmail"];
        }
      | {
          phone: components["schemas"]["AccountPhone"];
        }
    );
    AccountMFAAuthenticate: {
      code: components["schemas"]["AccountAuthenticatorCode"];
    };
    /** @description Configuration of the Django `allauth.mfa` app. */
    AccountMFAConfiguration: {
      /** @description Matches `settings.MFA_SUPPORTED_TYPES`. */
      supported_types: components["schemas"]["AccountAuthenticatorType"][];
    };
    AccountOptionalTimestamp: components["schemas"]["AccountTimestamp"];
    /**
     * @description The password.
     * @example Alohomora!
     */
    AccountPassword: string;
    /**
     * @description The phone number.
     * @example +314159265359
     */
    AccountPhone: string;
    AccountProvider: {
      /**
       * @description The client ID (in case of OAuth2 or OpenID Connect based providers)
       * @example 123.apps.googleusercontent.com
       */
      client_id?: string;
      /** @description The authentication flows the provider integration supports. */
      flows: ("provider_redirect" | "provider_token")[];
      /**
       * @description The provider ID.
       * @example google
       */
      id: string;
      /**
       * @description The name of the provider.
       * @example Google
       */
      name: string;
      /**
       * @description The OIDC discovery or well-known URL (in case of OAuth2 or OpenID Connect based providers)
       * @example https://accounts.google.com/.well-known/openid-configuration
       */
      openid_configuration_url?: string;
    };
    AccountProviderAccount: {
      /**
       * @description A name derived from the third-party provider account data.
       * @example Wizzkid
       */
      display: string;
      provider: components["schemas"]["AccountProvider"];
      uid: components["schemas"]["AccountProviderAccountID"];
    };
    /**
     * @description The provider specific account ID.
     * @example goo12345
     */
    AccountProviderAccountID: string;
    /**
     * @description The provider ID.
     * @example google
     */
    AccountProviderID: string;
    AccountProviderList: components["schemas"]["AccountProvider"][];
    AccountReauthenticate: {
      password: components["schemas"]["AccountPassword"];
    };
    AccountReauthenticationRequired: {
      flows: components["schemas"]["AccountFlow"][];
      /** @description A list of methods used to authenticate. */
      methods: components["schemas"]["AccountAuthenticationMethod"][];
      user: components["schemas"]["AccountUser"];
    };
    /** @description A response indicating reauthentication is required. */
    AccountReauthenticationResponse: {
      data: components["schemas"]["AccountReauthenticationRequired"];
      meta: components["schemas"]["AccountAuthenticatedMeta"];
      /** @enum {integer} */
      status: 401;
    };
    AccountRecoveryCodesAuthenticator: components["schemas"]["AccountBaseAuthenticator"] & {
      /**
       * @description The total number of recovery codes that initially were available.
       * @example 10
       */
      total_code_count: number;
      /**
       * @description The authenticator type.
       * @enum {string}
       */
      type: "recovery_codes";
      /**
       * @description The number of recovery codes that are unused.
       * @example 7
       */
      unused_code_count: number;
    };
    AccountSensitiveRecoveryCodesAuthenticator: components["schemas"]["AccountRecoveryCodesAuthenticator"] & {
      /** @description The list of unused codes. */
      unused_codes: components["schemas"]["AccountAuthenticatorCode"][];
    };
    AccountSession: {
      created_at: components["schemas"]["AccountTimestamp"];
      /** @example 123 */
      id: number;
      /** @example 127.2.3.192 */
      ip: string;
      is_current: boolean;
      last_seen_at?: components["schemas"]["AccountTimestamp"];
      /** @example Mozilla Firefox */
      user_agent: string;
    };
    /** @description The session is expired or invalid. */
    AccountSessionGoneResponse: {
      data: Record<string, never>;
      meta: components["schemas"]["AccountAuthenticationMeta"];
      /** @enum {integer} */
      status: 410;
    };
    /** @description Configuration of the Django `allauth.socialaccount` app. */
    AccountSocialAccountConfiguration: {
      providers: components["schemas"]["AccountProviderList"];
    };
    /** @enum {integer} */
    AccountStatusOK: 200;
    /**
     * @description An epoch based timestamp (trivial to parse using: `new Date(value)*1000`)
     * @example 1711555057.065702
     */
    AccountTimestamp: number;
    AccountTOTPAuthenticator: components["schemas"]["AccountBaseAuthenticator"] & {
      /** @enum {string} */
      type: "totp";
    };
    AccountUser: {
      /**
       * @description The display name for the user.
       * @example Magic Wizard
       */
      display?: string;
      email?: components["schemas"]["AccountEmail"];
      /**
       * @description Whether or not the account has a password set.
       * @example true
       */
      has_usable_password?: boolean;
      /** @description The user ID. */
      id?: number | string;
      username?: components["schemas"]["AccountUsername"];
    };
    /**
     * @description The username.
     * @example wizard
     */
    AccountUsername: string;
    /** @description Configuration of the Django `allauth.usersessions` app. */
    AccountUserSessionsConfiguration: {
      /** @description Matches `settings.USERSESSIONS_TRACK_ACTIVITY`. */
      track_activity: boolean;
    };
    AccountWebAuthnAuthenticator: components["schemas"]["AccountBaseAuthenticator"] & {
      id: components["schemas"]["AccountAuthenticatorID"];
      /** @description Whether or not this authenticator represents a passkey. Absent if it is not specified. */
      is_passwordless?: boolean;
      /** @example Master key */
      name: string;
      /** @enum {string} */
      type: "webauthn";
    };
    /**
     * @example {
     *       "credential": {
     *         "type": "public-key",
     *         "id": "-J4JNfPfnLyRSMK4R...",
     *         "rawId": "-J4JNfPfnLyRSMK4R...",
     *         "authenticatorAttachment": "cross-platform",
     *         "response": {
     *           "clientDataJSON": "eyJjaGFsbGVuZ2UiOi...",
     *           "authenticatorData": "SZYN5YgO...",
     *           "signature": "MEUCIE-7sqILygPqGbrRZ4j2nqeqUU...",
     *           "userHandle": "Mg..."
     *         },
     *         "clientExtensionResults": {}
     *       }
     *     }
     */
    AccountWebAuthnCredential: Record<string, never>;
    AccountWebAuthnCredentialCreationOptions: {
      /**
       * @example {
       *       "status": 200,
       *       "data": {
       *         "request_options": {
       *           "publicKey": {
       *             "challenge": "aOecJJtLA2e-Dj2WU-zbRoJewbQqSUPxoA9EzsUL72o",
       *             "rpId": "localhost",
       *             "allowCredentials": [],
       *             "userVerification": "preferred"
       *           }
       *         }
       *       }
       *     }
       */
      creation_options: Record<string, never>;
    };
    AccountWebAuthnCredentialRequestOptions: {
      /**
       * @example {
       *       "status": 200,
       *       "data": {
       *         "request_options": {
       *           "publicKey": {
       *             "challenge": "aOecJJtLA2e-Dj2WU-zbRoJewbQqSUPxoA9EzsUL72o",
       *             "rpId": "localhost",
       *             "allowCredentials": [],
       *             "userVerification": "preferred"
       *           }
       *         }
       *       }
       *     }
       */
      request_options: Record<string, never>;
    };
    /** @description An address that leads where this server does not go, or that does not answer. */
    AddressRefusedProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: "address-refused";
      detail: string;
      /** @enum {integer} */
      status: 400;
      title: string;
      type: string;
    };
    /** @description Request-URI Too Long */
    AddressTooLongProblem: {
      /** @enum {string} */
      code: "address-too-long";
      detail: string;
      /** @enum {integer} */
      status: 414;
      title: string;
      type: string;
    };
    /** @description Which captions were seen, and what was chosen: one of them (`chosen`), or a text merged from them (`text`). */
    AdjudicateRequest: {
      /** Format: int64 */
      chosen?: number | null;
      /** @default  */
      comment: string;
      /** Format: int64 */
      image: number;
      seen: number[];
      text?: string | null;
    };
    /** @description The decision. */
    Adjudication: {
      chosen: number;
      comment?: string;
      /** Format: date-time */
      created_at: string;
      decided_by: string;
      readonly id: number;
      image: number;
      merged?: boolean;
      round: number;
      seen: number[];
      text: string;
    };
    /** @description The captions to choose from are others by now, or somebody has chosen. */
    AdjudicationOutdatedProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: "adjudication-outdated";
      detail: string;
      /** @enum {integer} */
      status: 409;
      title: string;
      type: string;
    };
    /**
     * @description Over images that several people captioned. α is Krippendorff's, over the words' distances and over what was decided on
     *     each phrase (kept, corrected, dropped).
     */
    Agreement: {
      by_pair: components["schemas"]["PeopleAgreement"][];
      by_person: components["schemas"]["PeopleAgreement"][];
      /** Format: double */
      concept_agreement: number | null;
      concept_alpha: components["schemas"]["Measured"] | null;
      concepts_compared: number;
      images: number;
      /** @description Cosine of their embeddings by the captioner's encoder, once measured. */
      meaning: components["schemas"]["Measured"];
      /** @description Captions that reviewers of two levels saw. */
      second_looks: number;
      /**
       * Format: double
       * @description The share of them that the later level left as it was.
       */
      second_looks_alike: number | null;
      /** @description 1 − normalised edit distance of their words. */
      words: components["schemas"]["Measured"];
      /** Format: double */
      words_alpha: number | null;
    };
    /** @description What is said of a phrase of the alt-text; `reason` is empty where there is none. */
    Answer: {
      outcome: components["schemas"]["ConceptOutcome"];
      reason: components["schemas"]["DropReason"] | components["schemas"]["BlankEnum"];
    };
    /** @description A token without its secret, which nobody sees again. `project` is null for all projects of its person. */
    ApiToken: {
      /** Format: date-time */
      created_at: string;
      /** Format: date-time */
      expires_at?: string | null;
      readonly id: number;
      /** Format: date-time */
      last_used_at?: string | null;
      name: string;
      project?: string | null;
      /** Format: date-time */
      revoked_at?: string | null;
      scope: components["schemas"]["TokenScope"];
    };
    /** @description An archive; `contents` is null and `byte_count` 0 until `job` has written it. */
    Archive: {
      /** Format: int64 */
      byte_count?: number;
      checkpoints?: boolean;
      readonly contents: components["schemas"]["ArchiveContents"] | null;
      /** Format: date-time */
      created_at: string;
      /** Format: date-time */
      finished_at?: string | null;
      readonly id: number;
      job: components["schemas"]["Job"] | null;
      pictures?: boolean;
      project: string;
      sha256?: string;
    };
    /** @description What an archive has: the project's slug, and how many of each. */
    ArchiveContents: {
      captions: number;
      checkpoints: number;
      code_version: string;
      images: number;
      /** @description Files: originals, renditions, those of the guidelines. */
      pictures: number;
      project: string;
      rounds: number;
      row_count: number;
    };
    /**
     * @description An archive on its way in. `contents` is what a worker found in it, `slug` what its project is to be called, `job` the
     *     work that goes on with it now, or was the last.
     */
    ArchiveImport: {
      /** Format: int64 */
      byte_count?: number;
      readonly contents: components["schemas"]["ArchiveContents"] | null;
      /** Format: date-time */
      created_at: string;
      file_name?: string;
      readonly id: number;
      readonly job: components["schemas"]["Job"] | null;
      /**
       * Format: int64
       * @description Bytes of the upload that are here.
       */
      received?: number;
      /** @description Empty until it is started. */
      readonly slug: string;
      readonly state: components["schemas"]["ImportState"];
    };
    /** @description A person whom the archive names. */
    ArchivePerson: {
      first_name: string;
      /** @description Whether that account can sign in. */
      is_active: boolean;
      /** @description Whether an account here has that name. */
      is_here: boolean;
      /** @description Whether that account is a site owner's. */
      is_owner: boolean;
      last_name: string;
      /** @description In the archive's project. */
      role: components["schemas"]["Role"] | components["schemas"]["BlankEnum"];
      username: string;
    };
    /** @description The archive of a project is being written. */
    ArchiveUnderWayProblem: {
      /** @enum {string} */
      code: "archive-under-way";
      detail: string;
      /** @enum {integer} */
      status: 409;
      title: string;
      type: string;
    };
    /**
     * @description seconds, words, words_changed, similarity, shares: unchanged, concepts_kept, accepted (of the reviewed), and of what was
     *     measured: clip_score, cider (CIDEr-D against other people's captions of the same image).
     */
    Arm: {
      captions: number;
      measures: {
        [key: string]: components["schemas"]["Measured"];
      };
    };
    /** @description Unauthorized */
    AuthenticationFailedProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: "authentication-failed";
      detail: string;
      /** @enum {integer} */
      status: 401;
      title: string;
      type: string;
    };
    /** @description Bad Request */
    BadRequestProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: "bad-request";
      detail: string;
      /** @enum {integer} */
      status: 400;
      title: string;
      type: string;
    };
    /**
     * @description A base, and what a worker of the captioner found in it. `misfits` says of each recipe why training cannot start here, ''
     *     where it can.
     */
    BaseCheckpoint: {
      /** Format: int64 */
      byte_count?: number;
      card?: string;
      /** Format: date-time */
      created_at: string;
      /** @description Why it is unusable. */
      error?: string;
      /** @description Below CAPTIONER_BASES. */
      folder?: string;
      readonly id: number;
      misfits: {
        [key: string]: string;
      };
      name: string;
      /** @description What its owner says of it: data, licence, purpose. */
      note?: string;
      /** Format: int64 */
      parameters?: number;
      /** @description OWNER/NAME or OWNER/NAME@REVISION. */
      repository?: string;
      settings: {
        [key: string]: unknown;
      };
      sha256?: string;
      state: components["schemas"]["BaseState"];
    };
    /** @description A captioner starts from the base checkpoint, so it stays. */
    BaseInUseProblem: {
      /** @enum {string} */
      code: "base-in-use";
      detail: string;
      /** @enum {integer} */
      status: 409;
      title: string;
      type: string;
    };
    /** @enum {string} */
    BaseState: "inspecting" | "ready" | "unusable";
    /** @enum {unknown} */
    BlankEnum: "";
    /** @description Bad Request */
    BodyNotWantedProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: "body-not-wanted";
      detail: string;
      /** @enum {integer} */
      status: 400;
      title: string;
      type: string;
    };
    /** @description One of the captions to choose from. */
    Candidate: {
      annotator: string;
      caption: number;
      /** Format: date-time */
      created_at: string;
      /** Format: double */
      seconds: number | null;
      task: number;
      text: string;
    };
    /** @description A caption with where it came from. */
    Caption: {
      alt_text?: number | null;
      annotator: string;
      /** @description Whether the caller may take it back now (`/tasks/{id}/undo/`). */
      readonly can_reopen: boolean;
      /** Format: date-time */
      created_at: string;
      draft?: number | null;
      readonly id: number;
      image: number;
      late?: boolean;
      parent?: number | null;
      /**
       * Format: double
       * @description The same to the parent caption.
       */
      parent_similarity?: number | null;
      /**
       * Format: double
       * @description Share of its characters that were pasted.
       */
      pasted_share?: number | null;
      readonly review: components["schemas"]["CaptionReview"] | null;
      readonly reviews: components["schemas"]["CaptionReview"][];
      round: number;
      /**
       * Format: double
       * @description Active seconds, as the editor counted them.
       */
      seconds?: number | null;
      /**
       * Format: double
       * @description 1 − edit distance over the longer length, to the text it was started from.
       */
      similarity?: number;
      starting_text: string;
      task: number;
      text: string;
      /** @description Of its picture. */
      readonly thumbnail_url: string;
      words?: number;
      /** @description Word-level edit distance from the starting text. */
      words_changed?: number;
    };
    /** @description What was done to the starting text, and where each word of the caption comes from. */
    CaptionEdit: {
      operations: components["schemas"]["Operation"][];
      origins: components["schemas"]["WordOrigin"][];
    };
    /** @description A run with its evaluations and the gate's verdict. */
    CaptionerRun: {
      /** Format: date-time */
      created_at: string;
      /** @description How many drafts it wrote. */
      readonly draft_count: number;
      error?: string;
      evaluations: components["schemas"]["Evaluation"][];
      /** Format: date-time */
      finished_at?: string | null;
      readonly id: number;
      name: string;
      number: number;
      project: string;
      promoted?: boolean | null;
      promotion_reason?: string;
      recipe: string;
      readonly report: {
        [key: string]: unknown;
      };
      settings: {
        [key: string]: unknown;
      };
      started_from: components["schemas"]["StartedFrom"];
      state: components["schemas"]["RunState"];
      through_round: number;
      training_set: components["schemas"]["TrainingSet"] | null;
    };
    /** @description A verdict, of one level of review. It is on the caption, or on what an earlier level fixed it to. */
    CaptionReview: {
      /** @description [start, end] in the text that was read. */
      anchor: number[] | null;
      comment: string;
      readonly concept_changes: components["schemas"]["ConceptChange"][];
      /** @description The reviewer's own version, of a fix. */
      readonly fixed_text: string | null;
      level: number;
      reviewer: string;
      verdict: components["schemas"]["Verdict"];
    };
    /** @enum {string} */
    CaptionSource: "with_alt" | "without_alt" | "alt_text" | "round";
    /** @description How many rows differ from the `previous` export of its kind. */
    ChangeCounts: {
      added: number;
      changed: number;
      gone: number;
    };
    /** @description A new version, made over the one that the author had before them. */
    ChangedGuidelinesRequest: {
      /** @default  */
      note: string;
      text: string;
      /** @description The version it was made from. */
      version: number;
    };
    /** @description All of them, in their order. */
    ChangedLessonsRequest: {
      lessons: components["schemas"]["NewLessonRequest"][];
    };
    /** @enum {string} */
    CheckKind: "wrong_colour" | "swapped_name" | "invented_object";
    /** @description The tasks that the caller holds now, in the order to work in. */
    Claimed: {
      tasks: components["schemas"]["Task"][];
    };
    /** @description How many tasks the caller wants to hold in all. */
    ClaimRequest: {
      /** @default 1 */
      count: number;
    };
    /** @description What closing the round now would do, in tasks. */
    ClosingCheck: {
      accepted_if_closed: number;
      flagged: number;
      unfinished: number;
      waiting_for_review: number;
    };
    /** @description A cohort and how many members it has. */
    Cohort: {
      /** Format: date-time */
      created_at: string;
      readonly id: number;
      readonly members: number;
      name: string;
    };
    /** @description A cohort that a round counts on stays as it is. */
    CohortInUseProblem: {
      /** @enum {string} */
      code: "cohort-in-use";
      detail: string;
      /** @enum {integer} */
      status: 409;
      title: string;
      type: string;
    };
    /** @description A cohort's share of the images; those of a round add up to 1. */
    CohortShareRequest: {
      cohort: string;
      share: number;
    };
    /** @description What became of one phrase of the alt-text. */
    Concept: {
      outcome: components["schemas"]["ConceptOutcome"];
      phrase: string;
      reason?: (components["schemas"]["DropReason"] | components["schemas"]["NullEnum"]) | null;
    };
    /** @description What became of one phrase of the alt-text, as the caption's author says; `reason` is empty where there is none. */
    ConceptAnswer: {
      outcome: components["schemas"]["ConceptOutcome"];
      phrase: string;
      reason: components["schemas"]["DropReason"] | components["schemas"]["BlankEnum"];
    };
    /** @description What a reviewer says of a phrase where the caption before said something else; null: nothing is said of it. */
    ConceptChange: {
      after: components["schemas"]["Answer"] | null;
      before: components["schemas"]["Answer"] | null;
      phrase: string;
    };
    /** @enum {string} */
    ConceptOutcome: "kept" | "dropped" | "corrected" | "kept_on_trust";
    /** @description What became of one phrase of the alt-text. */
    ConceptRequest: {
      outcome: components["schemas"]["ConceptOutcome"];
      phrase: string;
      reason?: (components["schemas"]["DropReason"] | components["schemas"]["NullEnum"]) | null;
    };
    /** @description Somebody of the archive, in the role that was shown, who is the same as the account of that name here. */
    ConfirmedPersonRequest: {
      /** @description Empty: no member of the archive's project. */
      role: components["schemas"]["Role"] | components["schemas"]["BlankEnum"];
      username: string;
    };
    /** @description How similar the captions are to those of the round before, and what another round would do. */
    Convergence: {
      compared: number;
      converged: number;
      /** @description Captions that keep a concept which the one before dropped, or the reverse; none of them has converged. */
      facts_changed: number;
      histogram: number[];
      /** Format: double */
      hours_for_another_round: number | null;
      /** Format: double */
      mean_similarity: number | null;
      recommendation: string;
      still_changing: number;
      /** Format: double */
      threshold: number;
    };
    /** @description A text as it stands. */
    CountedTextRequest: {
      text: string;
    };
    Counts: {
      accepted: number;
      cancelled: number;
      claimed: number;
      pending: number;
      returned: number;
      skipped: number;
      submitted: number;
      total: number;
    };
    /** @description The round that is under way, or else the last one. */
    CurrentRound: {
      readonly id: number;
      number: number;
      starting_text: components["schemas"]["StartingText"];
      state: components["schemas"]["RoundState"];
    };
    /** @description Service Unavailable */
    DatabaseAwayProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: "database-away";
      detail: string;
      /** @enum {integer} */
      status: 503;
      title: string;
      type: string;
    };
    /** @description One message: what it says, how often it was tried, what the receiver answered last. */
    Delivery: {
      answer_status?: number | null;
      /** Format: date-time */
      attempted_at?: string | null;
      attempts?: number;
      body: string;
      /** Format: date-time */
      created_at: string;
      error?: string;
      /** Format: uuid */
      readonly id: string;
      /** Format: date-time */
      next_attempt_at: string;
      state: components["schemas"]["DeliveryState"];
      verb: string;
    };
    /** @enum {string} */
    DeliveryState: "pending" | "delivered" | "given_up";
    /** @description Service Unavailable */
    DiskFullProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: "disk-full";
      detail: string;
      /** @enum {integer} */
      status: 503;
      title: string;
      type: string;
    };
    /** @enum {string} */
    DropReason: "not_in_image" | "wrong" | "redundant" | "unsure";
    /** @description What an earlier level of review said of the caption. */
    EarlierReview: {
      comment: string;
      level: number;
      /** @description Empty where the level has none. */
      readonly level_name: string;
      reviewer: string;
      verdict: components["schemas"]["Verdict"];
    };
    /** @description Whose images. */
    EmbedRequest: {
      project: string;
    };
    /** @description Metrics of one caption source on the held-out images (or a slice of them). */
    Evaluation: {
      metrics: {
        [key: string]: number | null;
      };
      row_count: number;
      /** @description Over the ids of the reference captions, in order. */
      rows_sha256: string;
      /** @description '' or 'domain=…' or 'source=…'. */
      slice?: string;
      source: components["schemas"]["CaptionSource"];
    };
    /** @description Who did what to which object when; `actor` is null for the system itself. */
    Event: {
      actor?: string | null;
      after: {
        [key: string]: unknown;
      };
      /** Format: date-time */
      at: string;
      before: {
        [key: string]: unknown;
      };
      readonly id: number;
      /** @description It came in an archive: another server says so, and ids in `before` and `after` are that server's. */
      readonly imported: boolean;
      object_id: string;
      object_type: string;
      project?: string | null;
      verb: string;
    };
    /** @description An export; `finished_at` is null while it is being written. */
    Export: {
      changes: components["schemas"]["ChangeCounts"] | null;
      /** Format: date-time */
      created_at: string;
      readonly files: components["schemas"]["ExportFile"][];
      /** Format: date-time */
      finished_at?: string | null;
      format: string;
      readonly id: number;
      /** @description Whether its job failed or was cancelled: it is not being written, until the job is tried again. */
      readonly is_stopped: boolean;
      /** @description The job that writes it. */
      readonly job: string | null;
      manifest: {
        [key: string]: unknown;
      } | null;
      manifest_sha256?: string;
      options: {
        [key: string]: unknown;
      };
      /** @description The last one of its kind. */
      previous?: number | null;
      project: string;
      round: number;
      /** Format: int64 */
      row_count?: number | null;
      /** @description Whose captions, if a captioner's. */
      run?: string | null;
    };
    /** @description One file of an export. Pictures are not shown one by one: `pictures.sha256` lists them, and says how many they are. */
    ExportFile: {
      bytes: number;
      /** @description Of a list of files: their size. */
      listed_bytes: number | null;
      /** @description Of a list of files: how many. */
      listed_files: number | null;
      name: string;
      sha256: string;
      url: string;
    };
    /** @description The formats that can be written. */
    Formats: {
      formats: string[];
    };
    /** @description The newest version, and what the caller had read before: `seen` is that version's number, 0 for none. */
    Guidelines: {
      /** Format: date-time */
      changed_at: string | null;
      note: string;
      /** @description Whether the caller has gone through the practice tasks. */
      practised: boolean;
      seen: number;
      seen_text: string;
      /** @description Markdown. */
      text: string;
      /** @description 0: there are none yet. */
      version: number;
    };
    /** @description The text of a version, and the one before it. */
    GuidelinesText: {
      /** @description The text of the version before; empty for the first. */
      before: string;
      number: number;
      /** @description Markdown. */
      text: string;
    };
    /** @description One version of the past or the newest, without its text. */
    GuidelinesVersion: {
      author?: string | null;
      /** Format: date-time */
      created_at: string;
      /** @description What changed, in the admin's words. */
      note?: string;
      number: number;
    };
    /** @description An archive of the project that has the image's picture; `finished_at` is null while it is being written. */
    HoldingArchive: {
      /** Format: date-time */
      created_at: string;
      /** Format: date-time */
      finished_at: string | null;
      id: number;
    };
    /** @description An export that contains the image. Tell the people who downloaded it about a takedown. */
    HoldingExport: {
      /** Format: date-time */
      finished_at: string | null;
      format: string;
      id: number;
      round: number;
    };
    /** @description An image with the texts that came along. */
    Image: {
      /** @description In their order. */
      readonly alt_texts: string[];
      cluster: number;
      domain?: string;
      /** @description [[x0, y0, x1, y1], …] in pixels of the upright image. */
      face_boxes?: unknown;
      readonly has_duplicates: boolean;
      height: number;
      readonly id: number;
      /** @description Where the picture was fetched, or may be. */
      image_url?: string;
      licence?: string;
      /** @description The page that showed it. */
      page_url?: string;
      project: string;
      sha256: string;
      source?: string;
      /** @description The source's own id. */
      source_key?: string;
      split: components["schemas"]["Split"];
      /** @description The small one. */
      readonly thumbnail_url: string;
      /** @description The screen-sized rendition. */
      readonly url: string;
      width: number;
      /**
       * Format: date-time
       * @description Taken down at its source's request.
       */
      withdrawn_at?: string | null;
    };
    /** @description Which images of the project: empty lists mean all; `sample` of them by the seed, after the filters. */
    ImageChoiceRequest: {
      /**
       * @description Only images of this domain.
       * @default []
       */
      domains: string[];
      /**
       * @description A random sample of this many images; left out: all of them.
       * @default null
       */
      sample: number | null;
      /**
       * @description Only images of this source.
       * @default []
       */
      sources: string[];
      /**
       * @description Only images whose last caption still changed clearly, or another decision on a concept was made.
       * @default false
       */
      unconverged_only: boolean;
    };
    /** @description Oldest first. */
    ImageHistory: {
      archives: components["schemas"]["HoldingArchive"][];
      drafts: components["schemas"]["PastDraft"][];
      exports: components["schemas"]["HoldingExport"][];
      tasks: components["schemas"]["PastTask"][];
    };
    /** @description A source on its way in; `job` is the work that goes on with it now, or was the last. */
    Import: {
      address?: string;
      /** Format: int64 */
      byte_count?: number;
      /** Format: date-time */
      created_at: string;
      file_name?: string;
      readonly id: number;
      readonly job: components["schemas"]["Job"] | null;
      options: {
        [key: string]: unknown;
      };
      readonly preview: components["schemas"]["Preview"] | null;
      project: string;
      /**
       * Format: int64
       * @description Bytes of the upload that are here.
       */
      received?: number;
      readonly report: components["schemas"]["Report"] | null;
      readonly state: components["schemas"]["ImportState"];
    };
    /** @enum {string} */
    ImportFormat:
      | "webdataset"
      | "hf_dataset"
      | "parquet"
      | "altogether_ft"
      | "coco"
      | "label_studio"
      | "doccano"
      | "conversations"
      | "json_rows"
      | "jsonl"
      | "table"
      | "pages"
      | "folder";
    /** @description The formats that are read, and what a column may mean (besides round1, round2 …). */
    ImportFormats: {
      formats: string[];
      meanings: string[];
    };
    /** @description The import is in another state than what is asked for needs. */
    ImportNotReadyProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: "import-not-ready";
      detail: string;
      /** @enum {integer} */
      status: 409;
      title: string;
      type: string;
    };
    /** @enum {string} */
    ImportState: "receiving" | "inspecting" | "unreadable" | "ready" | "importing" | "stopped" | "finished";
    /** @description Bad Request */
    InvalidProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: "invalid";
      detail: string;
      /** @description RFC 9457, with `code` for programs and `errors` per field where fields are to blame. */
      errors: {
        [key: string]: string[];
      };
      /** @enum {integer} */
      status: 400;
      title: string;
      type: string;
    };
    /** @description A value of a request or command that makes no sense. */
    InvalidSettingsProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: "invalid-settings";
      detail: string;
      /** @enum {integer} */
      status: 400;
      title: string;
      type: string;
    };
    /** @description A text that cannot be stored: empty, too long, or with characters that Postgres has no place for. */
    InvalidTextProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: "invalid-text";
      detail: string;
      /** @enum {integer} */
      status: 400;
      title: string;
      type: string;
    };
    /** @description Who is asked to be what, as an admin sees it: the name that was typed, and nothing else of the account. */
    Invitation: {
      /** Format: date-time */
      created_at: string;
      invited_by: string;
      role: components["schemas"]["Role"];
      username: string;
    };
    /**
     * @description The member, or the invitation that waits for their answer. `link` is the path of a one-time sign-in link for a new
     *     account, shown this once, else null.
     */
    Invited: {
      invitation: components["schemas"]["Invitation"] | null;
      link: string | null;
      member: components["schemas"]["Member"] | null;
    };
    /** @description Whom, and as what. */
    InviteRequest: {
      role: components["schemas"]["Role"];
      username: string;
    };
    /** @description A job and how far it got. */
    Job: {
      attempts?: number;
      cancel_requested?: boolean;
      /** Format: date-time */
      created_at: string;
      /** Format: int64 */
      done?: number;
      error?: string;
      export?: number | null;
      /** Format: date-time */
      finished_at?: string | null;
      /** Format: uuid */
      readonly id: string;
      kind: components["schemas"]["JobKind"];
      message?: string;
      /** @description None of an archive that is brought in, and of a base checkpoint. */
      project?: string | null;
      result: {
        [key: string]: unknown;
      };
      round?: number | null;
      run?: number | null;
      /** Format: date-time */
      started_at?: string | null;
      state: components["schemas"]["JobState"];
      /** Format: int64 */
      total?: number;
    };
    /** @enum {string} */
    JobKind:
      | "inspect_source"
      | "import_images"
      | "embed_images"
      | "build_training_set"
      | "train_captioner"
      | "evaluate_captioner"
      | "write_drafts"
      | "measure_captions"
      | "caption_images"
      | "inspect_base"
      | "export_round"
      | "export_archive"
      | "inspect_archive"
      | "import_archive";
    /** @description The job has ended. */
    JobNotCancellableProblem: {
      /** @enum {string} */
      code: "job-not-cancellable";
      detail: string;
      /** @enum {integer} */
      status: 409;
      title: string;
      type: string;
    };
    /** @enum {string} */
    JobState: "queued" | "running" | "succeeded" | "failed" | "cancelled";
    /** @description Where it is now; put `![what it shows](url)` into the text. */
    KeptPicture: {
      url: string;
    };
    /** @description What the launch would create, in numbers of tasks (but `images`), with the first tasks and what to think about. */
    LaunchPreview: {
      /** @description On top of `tasks`. */
      checks: number;
      control: number;
      first: components["schemas"]["PlannedTask"][];
      from_alt_text: number;
      from_draft: number;
      from_previous_caption: number;
      images: number;
      planted: components["schemas"]["Planted"][];
      tasks: number;
      /** @description Images of which nobody knows how much there is to edit (order expected_edit); have them compared: POST /api/v1/images/embed/. */
      unplaced: number;
      warnings: string[];
    };
    /** @description How many parts of the source are not used for one reason, and the first of them. */
    Left: {
      count: number;
      example: string;
      reason: string;
    };
    /** @description Bad Request */
    LengthMalformedProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: "length-malformed";
      detail: string;
      /** @enum {integer} */
      status: 400;
      title: string;
      type: string;
    };
    /** @description Length Required */
    LengthRequiredProblem: {
      /** @enum {string} */
      code: "length-required";
      detail: string;
      /** @enum {integer} */
      status: 411;
      title: string;
      type: string;
    };
    /** @description A picture to practise on. */
    Lesson: {
      /** @description What to look at here. */
      about?: string;
      /** @description One good caption among many. */
      example: string;
      has: string[][];
      image: number;
      /** @description For the screen. */
      readonly image_url: string;
      lacks: string[];
      starting_text: string;
    };
    /** @description What one level of review decided. */
    LevelReport: {
      accepted: number;
      fixed: number;
      level: number;
      /** @description Who reviews there; empty where the level has no name. */
      name: string;
      returned: number;
    };
    /** @description `likeness` is the cosine of the two embeddings: 1 is the same to the encoder. */
    Likeness: {
      image: components["schemas"]["Image"];
      /** Format: double */
      likeness: number;
    };
    /** @description A sign-in link that was used, ran out, or never was. */
    LinkUsedUpProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: "link-used-up";
      detail: string;
      /** @enum {integer} */
      status: 403;
      title: string;
      type: string;
    };
    /** @description The token; `secret` goes into `Authorization: Token …` and is shown this once. */
    MadeApiToken: {
      secret: string;
      token: components["schemas"]["ApiToken"];
    };
    /** @description The webhook; `secret` signs its messages and is shown this once. */
    MadeWebhook: {
      secret: string;
      webhook: components["schemas"]["Webhook"];
    };
    /** @description A mean with its 95 % interval. */
    Measured: {
      /** Format: double */
      high: number | null;
      /** Format: double */
      low: number | null;
      /** Format: double */
      mean: number | null;
    };
    /** @description A member and since when they are paused, if they are. */
    Member: {
      cohort?: string | null;
      /** Format: date-time */
      created_at: string;
      is_active: boolean;
      /** Format: date-time */
      paused_at?: string | null;
      role: components["schemas"]["Role"];
      username: string;
    };
    Mine: {
      accepted: number;
      claimed: number;
      returned: number;
      submitted: number;
    };
    /** @description What the token is for. Its scope allows no more than the person may do. */
    NewApiTokenRequest: {
      /** @description How long. */
      days?: number | null;
      name: string;
      project?: string | null;
      scope: components["schemas"]["TokenScope"];
    };
    /** @description A file to upload. */
    NewArchiveImportRequest: {
      /** Format: int64 */
      byte_count: number;
      file_name: string;
    };
    /** @description Of which project; without pictures it is small, with checkpoints it has the captioners' weights. */
    NewArchiveRequest: {
      /** @default false */
      checkpoints: boolean;
      /** @default true */
      pictures: boolean;
      project: string;
    };
    /**
     * @description Where it is: `folder` below the server's CAPTIONER_BASES, or `repository` of the hub, OWNER/NAME or
     *     OWNER/NAME@REVISION.
     */
    NewBaseRequest: {
      /** @default  */
      folder: string;
      name: string;
      /** @default  */
      note: string;
      /** @default  */
      repository: string;
    };
    /** @description Which images (no split: all), and whether the captioner sees their alt-texts. */
    NewCaptionsRequest: {
      /**
       * @description Only images of this split.
       * @default []
       */
      splits: components["schemas"]["Split"][];
      /**
       * @description Whether the captioner sees the alt-texts.
       * @default true
       */
      with_alt_text: boolean;
    };
    /** @description Its name. */
    NewCohortRequest: {
      name: string;
    };
    /** @description Another tab or device saved first; `text` and `version` of the newer text come along. */
    NewerTextSavedProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: "newer-text-saved";
      detail: string;
      /** @enum {integer} */
      status: 409;
      text: string;
      title: string;
      type: string;
      version: number;
    };
    /** @enum {string} */
    NewExportFormatEnum: "altogether_ft" | "coco" | "csv" | "hf_dataset" | "jsonl" | "parquet" | "webdataset";
    /** @description What to export: which rows, which text, with or without the pictures. Empty lists mean all. */
    NewExportRequest: {
      /**
       * @description Without captions that wait for a verdict.
       * @default true
       */
      accepted_only: boolean;
      /**
       * @description Of csv: begin with one, so that spreadsheets read UTF-8.
       * @default false
       */
      byte_order_mark: boolean;
      /**
       * @description Also captions of the round's control arm.
       * @default false
       */
      control: boolean;
      /**
       * @description Only images of this domain.
       * @default []
       */
      domains: string[];
      /**
       * @description How the files are written.
       * @default jsonl
       */
      format: components["schemas"]["NewExportFormatEnum"];
      /**
       * @description With the pictures (upright, without metadata).
       * @default false
       */
      images: boolean;
      /**
       * @description That text with this probability, else the image's first alt-text.
       * @default null
       */
      mix: number | null;
      /**
       * @description Another seed draws other images for the mix.
       * @default 0
       */
      mix_seed: number;
      round: number;
      /**
       * @description Only images of this source.
       * @default []
       */
      sources: string[];
      /**
       * @description Only images of this split.
       * @default []
       */
      splits: components["schemas"]["Split"][];
      /**
       * @description People's captions, or the drafts of the captioner they trained.
       * @default caption
       */
      text: components["schemas"]["TextEnum"];
    };
    /** @description Either `file_name` and `byte_count` of a file to upload, or an `address`. */
    NewImportRequest: {
      /** @default  */
      address: string;
      /**
       * Format: int64
       * @default 0
       */
      byte_count: number;
      /** @default  */
      file_name: string;
      project: string;
    };
    /**
     * @description A picture, the text to start from, and what must be changed: of each group in `has` a good caption has one, of `lacks`
     *     none; case does not matter.
     */
    NewLessonRequest: {
      /** @default  */
      about: string;
      /** @description A good caption, shown on demand. */
      example: string;
      has?: string[][];
      /** Format: int64 */
      image: number;
      lacks?: string[];
      starting_text: string;
    };
    /** @description What a new project needs: a name. Its slug, for addresses and commands, is made of the name where it is left out. */
    NewProjectRequest: {
      /** @default 10000 */
      caption_limit: number;
      /** @default  */
      guidelines: string;
      /**
       * @description BCP 47, such as en, pt-BR, zh-Hant.
       * @default en
       */
      language: string;
      name: string;
      /** @description a-z, 0-9 and -; it never changes. */
      slug?: string;
    };
    /** @description What an admin chooses at launch. */
    NewRoundRequest: {
      /**
       * @description How many people edit the same image.
       * @default 1
       */
      annotators_per_image: number;
      /**
       * @description Check tasks beside the others, as a share of them: an error is planted into a good text.
       * @default 0
       */
      check_share: number;
      /**
       * @description Cohorts and their shares of the images, which add up to 1; empty: no cohorts.
       * @default []
       */
      cohorts: components["schemas"]["CohortShareRequest"][];
      /**
       * @description Share of tasks that start without the draft.
       * @default 0
       */
      control_share: number;
      /**
       * @default {
       *       "sources": [],
       *       "domains": [],
       *       "unconverged_only": false,
       *       "sample": null
       *     }
       */
      images: components["schemas"]["ImageChoiceRequest"];
      /**
       * @description How long a task is held without a keystroke.
       * @default 30
       */
      lease_minutes: number;
      /**
       * @description Refuse unless the next round has this number.
       * @default null
       */
      number: number | null;
      /**
       * @description expected_edit: first where the captioner was least sure of its draft and the alt-text fits the image least.
       * @default imported
       */
      order: components["schemas"]["OrderEnum"];
      /**
       * @description Whether people may get images whose previous caption is their own.
       * @default false
       */
      own_previous_allowed: boolean;
      /**
       * @description Usernames of those it is for; empty: every member.
       * @default []
       */
      people: string[];
      project: string;
      /**
       * @description Who reviews at each level; left out: as the project says.
       * @default null
       */
      review_level_names: string[] | null;
      /**
       * @description How many reviewers accept a caption one after the other; left out: as the project says.
       * @default null
       */
      review_levels: number | null;
      /**
       * @description Share of submissions to review.
       * @default 0
       */
      review_share: number;
      /**
       * @description Draws the sample, the random order, the control arm and the checks.
       * @default 0
       */
      seed: number;
      /** @description What annotators find in the editor. */
      starting_text: components["schemas"]["StartingText"];
    };
    /** @description What is asked of a new webhook. */
    NewWebhookRequest: {
      url: string;
      verbs?: components["schemas"]["VerbsEnum"][];
    };
    /** @description There is no promoted run with drafts to start from. */
    NoDraftsProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: "no-drafts";
      detail: string;
      /** @enum {integer} */
      status: 409;
      title: string;
      type: string;
    };
    /** @description Not Acceptable */
    NotAcceptableProblem: {
      /** @enum {string} */
      code: "not-acceptable";
      detail: string;
      /** @enum {integer} */
      status: 406;
      title: string;
      type: string;
    };
    /** @description The caller's role does not allow this. */
    NotAllowedProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: "not-allowed";
      detail: string;
      /** @enum {integer} */
      status: 403;
      title: string;
      type: string;
    };
    /** @description Unauthorized */
    NotAuthenticatedProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: "not-authenticated";
      detail: string;
      /** @enum {integer} */
      status: 401;
      title: string;
      type: string;
    };
    /** @description No such object, or none that the caller may see. */
    NotFoundProblem: {
      /** @enum {string} */
      code: "not-found";
      detail: string;
      /** @enum {integer} */
      status: 404;
      title: string;
      type: string;
    };
    /** @description A round would have no task. */
    NothingToLaunchProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: "nothing-to-launch";
      detail: string;
      /** @enum {integer} */
      status: 409;
      title: string;
      type: string;
    };
    /** @enum {unknown} */
    NullEnum: null;
    /** @description One step from the starting text to the caption: equal, replace, insert or delete. */
    Operation: {
      after: string[];
      before: string[];
      kind: string;
    };
    /** @enum {string} */
    OrderEnum: "imported" | "random" | "expected_edit";
    /** @description What the caller is asked: of the project no more than its name, until they accept. */
    OwnInvitation: {
      /** Format: date-time */
      created_at: string;
      readonly id: number;
      invited_by: string;
      project: string;
      project_name: string;
      role: components["schemas"]["Role"];
    };
    /** @description The caller's own tasks of the round. */
    OwnProgress: {
      /** @description Handed in, and not taken back or returned. */
      done: number;
      /** @description What the caller holds, and what is there for them besides. */
      left: number;
      /** Format: double */
      mean_seconds: number | null;
      /** @description There are more left than were counted. */
      more_left: boolean;
      returned: number;
      /** @description Of these, since the moment that was asked for. */
      today: number;
    };
    /** @description What the caller said of the caption before, which a new verdict of theirs replaces. */
    OwnVerdict: {
      comment?: string;
      /** Format: date-time */
      created_at: string;
      verdict: components["schemas"]["Verdict"];
    };
    PaginatedArchiveImportList: {
      /**
       * Format: uri
       * @example http://api.example.org/accounts/?cursor=cD00ODY%3D"
       */
      next?: string | null;
      /**
       * Format: uri
       * @example http://api.example.org/accounts/?cursor=cj0xJnA9NDg3
       */
      previous?: string | null;
      results: components["schemas"]["ArchiveImport"][];
    };
    PaginatedArchiveList: {
      /**
       * Format: uri
       * @example http://api.example.org/accounts/?cursor=cD00ODY%3D"
       */
      next?: string | null;
      /**
       * Format: uri
       * @example http://api.example.org/accounts/?cursor=cj0xJnA9NDg3
       */
      previous?: string | null;
      results: components["schemas"]["Archive"][];
    };
    PaginatedBaseCheckpointList: {
      /**
       * Format: uri
       * @example http://api.example.org/accounts/?cursor=cD00ODY%3D"
       */
      next?: string | null;
      /**
       * Format: uri
       * @example http://api.example.org/accounts/?cursor=cj0xJnA9NDg3
       */
      previous?: string | null;
      results: components["schemas"]["BaseCheckpoint"][];
    };
    PaginatedCaptionerRunList: {
      /**
       * Format: uri
       * @example http://api.example.org/accounts/?cursor=cD00ODY%3D"
       */
      next?: string | null;
      /**
       * Format: uri
       * @example http://api.example.org/accounts/?cursor=cj0xJnA9NDg3
       */
      previous?: string | null;
      results: components["schemas"]["CaptionerRun"][];
    };
    PaginatedCaptionList: {
      /**
       * Format: uri
       * @example http://api.example.org/accounts/?cursor=cD00ODY%3D"
       */
      next?: string | null;
      /**
       * Format: uri
       * @example http://api.example.org/accounts/?cursor=cj0xJnA9NDg3
       */
      previous?: string | null;
      results: components["schemas"]["Caption"][];
    };
    PaginatedEventList: {
      /**
       * Format: uri
       * @example http://api.example.org/accounts/?cursor=cD00ODY%3D"
       */
      next?: string | null;
      /**
       * Format: uri
       * @example http://api.example.org/accounts/?cursor=cj0xJnA9NDg3
       */
      previous?: string | null;
      results: components["schemas"]["Event"][];
    };
    PaginatedExportList: {
      /**
       * Format: uri
       * @example http://api.example.org/accounts/?cursor=cD00ODY%3D"
       */
      next?: string | null;
      /**
       * Format: uri
       * @example http://api.example.org/accounts/?cursor=cj0xJnA9NDg3
       */
      previous?: string | null;
      results: components["schemas"]["Export"][];
    };
    PaginatedGuidelinesVersionList: {
      /**
       * Format: uri
       * @example http://api.example.org/accounts/?cursor=cD00ODY%3D"
       */
      next?: string | null;
      /**
       * Format: uri
       * @example http://api.example.org/accounts/?cursor=cj0xJnA9NDg3
       */
      previous?: string | null;
      results: components["schemas"]["GuidelinesVersion"][];
    };
    PaginatedImageList: {
      /**
       * Format: uri
       * @example http://api.example.org/accounts/?cursor=cD00ODY%3D"
       */
      next?: string | null;
      /**
       * Format: uri
       * @example http://api.example.org/accounts/?cursor=cj0xJnA9NDg3
       */
      previous?: string | null;
      results: components["schemas"]["Image"][];
    };
    PaginatedImportList: {
      /**
       * Format: uri
       * @example http://api.example.org/accounts/?cursor=cD00ODY%3D"
       */
      next?: string | null;
      /**
       * Format: uri
       * @example http://api.example.org/accounts/?cursor=cj0xJnA9NDg3
       */
      previous?: string | null;
      results: components["schemas"]["Import"][];
    };
    PaginatedJobList: {
      /**
       * Format: uri
       * @example http://api.example.org/accounts/?cursor=cD00ODY%3D"
       */
      next?: string | null;
      /**
       * Format: uri
       * @example http://api.example.org/accounts/?cursor=cj0xJnA9NDg3
       */
      previous?: string | null;
      results: components["schemas"]["Job"][];
    };
    PaginatedPersonList: {
      /**
       * Format: uri
       * @example http://api.example.org/accounts/?cursor=cD00ODY%3D"
       */
      next?: string | null;
      /**
       * Format: uri
       * @example http://api.example.org/accounts/?cursor=cj0xJnA9NDg3
       */
      previous?: string | null;
      results: components["schemas"]["Person"][];
    };
    PaginatedProjectList: {
      /**
       * Format: uri
       * @example http://api.example.org/accounts/?cursor=cD00ODY%3D"
       */
      next?: string | null;
      /**
       * Format: uri
       * @example http://api.example.org/accounts/?cursor=cj0xJnA9NDg3
       */
      previous?: string | null;
      results: components["schemas"]["Project"][];
    };
    PaginatedRoundList: {
      /**
       * Format: uri
       * @example http://api.example.org/accounts/?cursor=cD00ODY%3D"
       */
      next?: string | null;
      /**
       * Format: uri
       * @example http://api.example.org/accounts/?cursor=cj0xJnA9NDg3
       */
      previous?: string | null;
      results: components["schemas"]["Round"][];
    };
    /** @description Bad Request */
    ParseErrorProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: "parse-error";
      detail: string;
      /** @enum {integer} */
      status: 400;
      title: string;
      type: string;
    };
    /** @enum {string} */
    PartEnum: "encoder" | "decoder";
    /** @description A caption; `before` is the text that it was made from. */
    PastCaption: {
      annotator: string;
      before: string;
      created_at: string;
      current: boolean;
      id: number;
      reviews: components["schemas"]["PastReview"][];
      text: string;
    };
    /** @description What a captioner made of it. */
    PastDraft: {
      /** Format: double */
      clip_score: number | null;
      /** @description False for a text that was cut off at its limit. */
      finished: boolean;
      /** Format: double */
      mean_logprob: number | null;
      run: string;
      text: string;
    };
    /** @description A verdict; `level_name` is empty where the level has none. */
    PastReview: {
      comment: string;
      level: number;
      level_name: string;
      reviewer: string;
      verdict: components["schemas"]["Verdict"];
    };
    /** @description The image in one round for one annotator. */
    PastTask: {
      captions: components["schemas"]["PastCaption"][];
      round: number;
      slot: number;
      starting_source: components["schemas"]["StartingText"];
      starting_text: string;
      state: components["schemas"]["TaskState"];
    };
    /** @description What an admin may change of a project; what is left out stays. */
    PatchedChangedProjectRequest: {
      /** @description Whether a dropped concept needs a reason before submitting. */
      asks_for_concepts?: boolean;
      /** @description Whether the faces of face_boxes are blurred in what is served. */
      blur_faces?: boolean;
      caption_limit?: number;
      flag_reasons?: string[];
      /** @description BCP 47. */
      language?: string;
      name?: string;
      release_reasons?: string[];
      review_level_names?: string[];
      review_levels?: number;
      skip_reasons?: string[];
    };
    /** @description What is to change. */
    PatchedChangedWebhookRequest: {
      is_active?: boolean;
      url?: string;
      verbs?: components["schemas"]["VerbsEnum"][];
    };
    /** @description What is to change. */
    PatchedChangeMemberRequest: {
      /** @description A cohort's name; null: in none. */
      cohort?: string | null;
      paused?: boolean;
      role?: components["schemas"]["Role"];
    };
    /** @description Whether the account is in use. */
    PatchedChangePersonRequest: {
      is_active?: boolean;
    };
    /** @description What is left out stays. `last_promoted` starts from the base, where one is chosen, until there is a promoted run. */
    PatchedChosenCaptionerRequest: {
      base?: string | null;
      recipe?: string;
      start?: components["schemas"]["StartFrom"];
    };
    /** @description The caller is a paused member of the project. */
    PausedProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: "paused";
      detail: string;
      /** @enum {integer} */
      status: 403;
      title: string;
      type: string;
      /** @description Of the text that was kept all the same. */
      version?: number;
    };
    /** @description How like each other the captions of the same images are, of two people or of one with the others; 1 is the most. */
    PeopleAgreement: {
      comparisons: number;
      /** Format: double */
      meaning: number | null;
      people: string[];
      /** Format: double */
      words: number;
    };
    /** @description Forbidden */
    PermissionDeniedProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: "permission-denied";
      detail: string;
      /** @enum {integer} */
      status: 403;
      title: string;
      type: string;
    };
    /** @description A person, their roles, and what they can get in with. `live_tokens` counts API tokens that are not revoked. */
    Person: {
      /** Format: date-time */
      date_joined?: string;
      has_password: boolean;
      /**
       * Active
       * @description Designates whether this user should be treated as active. Unselect this instead of deleting accounts.
       */
      is_active?: boolean;
      is_owner: boolean;
      /** Format: date-time */
      last_login?: string | null;
      live_tokens: number;
      memberships: components["schemas"]["SessionMembership"][];
      second_factors: number;
      /** @description Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only. */
      username: string;
    };
    /** @description The path of a one-time sign-in link, shown this once. */
    PersonLink: {
      link: string;
    };
    /** @description Means over the person's captions in the round; shares are 0…1. */
    PersonsWork: {
      accepted: number;
      alarms: string[];
      captions: number;
      /** @description Check tasks handed in. */
      checks: number;
      /** @description Those of them without the planted error. */
      checks_passed: number;
      fixed: number;
      /** Format: double */
      pasted_share: number | null;
      returned: number;
      /** Format: double */
      seconds: number | null;
      /** Format: double */
      similarity: number;
      /** Format: double */
      too_fast: number | null;
      /** Format: double */
      unchanged: number;
      username: string;
      /** Format: double */
      words: number;
    };
    /** @enum {string} */
    PictureEnum: "found" | "missing" | "address" | "inside";
    /** @description The picture is being made, or as many others as may be are; asked again in a moment, it is there. */
    PictureNotReadyProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: "picture-not-ready";
      detail: string;
      /** @enum {integer} */
      status: 503;
      title: string;
      type: string;
    };
    /** @description Where the pictures of the rows are that were looked at. */
    Pictures: {
      address: number;
      found: number;
      inside: number;
      missing: number;
      missing_example: string;
    };
    /** @description A picture for the guidelines. */
    PictureUploadRequest: {
      /** Format: binary */
      picture: string;
    };
    /** @description A task as somebody would get it. */
    PlannedTask: {
      alt_text: string;
      control: boolean;
      draft: string | null;
      image: number;
      previous_caption: string | null;
      slot: number;
      starting_source: components["schemas"]["StartingText"];
      starting_text: string;
      thumbnail_url: string;
    };
    /** @description A text before and after an error was planted into it. */
    Planted: {
      after: string;
      before: string;
      kind: components["schemas"]["CheckKind"];
    };
    /** @description What was planted into a check task: `wrong` in the place of `right` (empty: nothing stood there). */
    PlantedError: {
      kind: components["schemas"]["CheckKind"];
      passed: boolean | null;
      right: string;
      wrong: string;
    };
    /**
     * @description What a worker saw. `total` is 0 where it is not known beforehand. With `candidates` nothing was read: choose one of them
     *     as `texts`.
     */
    Preview: {
      account: components["schemas"]["Account"][];
      candidates: components["schemas"]["SourceCandidate"][];
      columns: components["schemas"]["PreviewColumn"][];
      format: string;
      /** @description Names in a zip that does not say how they are written: how many were read in which encoding. */
      names_read?: {
        [key: string]: number;
      };
      rows: components["schemas"]["PreviewRow"][];
      said: components["schemas"]["Said"];
      skipped: components["schemas"]["SkippedMember"][];
      skipped_count: number;
      survey: components["schemas"]["Survey"];
      total: number;
    };
    /**
     * @description A column, what it was taken for (empty: nothing), and what a first row has in it. It counts only where the column
     *     `spare` is empty, if there is one.
     */
    PreviewColumn: {
      field: string;
      name: string;
      sample: string;
      /** @default  */
      spare: string;
    };
    /** @description One of the first rows as it would be imported; `picture` says where that is, `problem` why the row would be refused. */
    PreviewRow: {
      alt_texts: string[];
      captions: {
        [key: string]: string;
      };
      image: string;
      name: string;
      picture: components["schemas"]["PictureEnum"] | components["schemas"]["BlankEnum"];
      problem: string;
      row: number;
      split: string;
    };
    /** @enum {string} */
    ProcessEnum: "login" | "connect";
    /** @description A project with the caller's role in it. */
    Project: {
      /** @description Whether a dropped concept needs a reason before submitting. */
      asks_for_concepts?: boolean;
      /** @description Whether the faces of face_boxes are blurred in what is served. */
      blur_faces?: boolean;
      /** @description Characters. */
      caption_limit?: number;
      readonly current_round: components["schemas"]["CurrentRound"] | null;
      /** @default 0 */
      readonly eval_count: number;
      flag_reasons: string[];
      /**
       * Format: double
       * @description A run must reach this multiple of what the alt-text itself scores.
       */
      gate_margin?: number;
      gate_metric?: string;
      /** @description Held-out captions needed to judge a run. */
      gate_min_rows?: number;
      /** @description Markdown; empty for who is paused. */
      readonly guidelines: string;
      /** @default 0 */
      readonly image_count: number;
      /** @description BCP 47. */
      language?: string;
      name: string;
      /** @description Whether an admin has paused the caller. */
      paused: boolean;
      release_reasons: string[];
      review_level_names: string[];
      /** @description How many reviewers accept a caption, one after the other. */
      review_levels?: number;
      readonly role: components["schemas"]["Role"];
      skip_reasons: string[];
      slug: string;
    };
    /** @description What is chosen, and the recipes that can be. An empty `recipe` is the server's own, `server_recipe`. */
    ProjectCaptioner: {
      /** @description The name of the base, where one is chosen. */
      base: string | null;
      recipe: string;
      recipes: components["schemas"]["Recipe"][];
      server_recipe: string;
      start: components["schemas"]["StartFrom"];
    };
    /** @description Why the gate is overruled, in the admin's words. */
    PromotionRequest: {
      /** @default  */
      reason: string;
    };
    /** @description Where to send the browser. */
    ProviderAddress: {
      address: string;
    };
    /** @description What the person wants of the provider, and where they come back to. */
    ProviderRequest: {
      /** @description A path of this site. */
      next: string;
      process: components["schemas"]["ProcessEnum"];
    };
    /** @description How the source is read. */
    ReadingRequest: {
      /**
       * @description Which field a column is, where the guess is wrong.
       * @default {}
       */
      columns: {
        [key: string]: string;
      };
      /**
       * @description Of CSV, TSV and JSON Lines that are not UTF-8 (or UTF-16 with a mark): cp1252, iso-8859-1, gb18030 …
       * @default
       */
      encoding: string;
      /**
       * @description Only if it is not recognised by its content.
       * @default
       */
      format: components["schemas"]["ImportFormat"] | components["schemas"]["BlankEnum"];
      /**
       * @description The folder of the source that the pictures are in, if rows do not lead there.
       * @default
       */
      images: string;
      /**
       * @description The file of the source that says what the rows are, if several could; . is the pictures themselves.
       * @default
       */
      texts: string;
    };
    /** @description Why: one of the project's reasons, the person's own words, or both. A reason that is not in the list counts as words. */
    ReasonRequest: {
      /** @default  */
      note: string;
      /** @default  */
      reason: string;
    };
    /** @description A recipe, and what it is for in a sentence. */
    Recipe: {
      about: string;
      name: string;
    };
    /** @description A row that was refused, or taken with a note. */
    Refusal: {
      name: string;
      reason: string;
      row: number;
    };
    /** @description How many rows were refused for one reason, and the first of them. */
    RefusalReason: {
      count: number;
      example: string;
      reason: string;
    };
    /** @description How long the old secret goes on signing beside the new one; 0: not at all, after a leak. */
    RenewSecretRequest: {
      /** @default 24 */
      grace_hours: number;
    };
    /**
     * @description What became of the rows so far. `refusals` and `notes` are the first ones; `rows.csv` has every row's outcome.
     *     `account` tells of each part of the source what it was used for; it is there once all rows were read.
     */
    Report: {
      account: components["schemas"]["Account"][];
      already_there: number;
      alt_texts: number;
      captions: number;
      imported: number;
      joined_clusters: number;
      notes: components["schemas"]["Refusal"][];
      reasons: components["schemas"]["RefusalReason"][];
      refusals: components["schemas"]["Refusal"][];
      refused: number;
      rows: number;
    };
    /** @description Request Entity Too Large */
    RequestTooLargeProblem: {
      /** @enum {string} */
      code: "request-too-large";
      detail: string;
      /** @enum {integer} */
      status: 413;
      title: string;
      type: string;
    };
    /** @description A verdict on the caption that the reviewer read. */
    ReviewRequest: {
      /** @description [start, end]: the characters of the caption that the comment is about. */
      anchor?: number[] | null;
      /** Format: int64 */
      caption: number;
      /** @default  */
      comment: string;
      /** @description Of a fix: the answers as they are right. Left out: the author's that the text still bears out. */
      concepts?: components["schemas"]["ConceptRequest"][] | null;
      /** @description As the queue says; needed where a round has several levels of review. */
      level?: number | null;
      /** @description Of a fix; may be left out where only the concept answers are corrected. */
      text?: string | null;
      verdict: components["schemas"]["Verdict"];
    };
    /** @enum {string} */
    Role: "annotator" | "reviewer" | "admin";
    /** @description A round and how it is going. */
    Round: {
      annotators_per_image?: number;
      /** @description Handed in within the last hour. */
      readonly captions_last_hour: number;
      /**
       * Format: double
       * @description Only admins see it. Annotators must not be able to expect checks.
       */
      readonly check_share: number | null;
      /** Format: date-time */
      closed_at?: string | null;
      /** @description By the cohort's id. */
      cohort_shares: {
        [key: string]: number;
      };
      /**
       * Format: double
       * @description Share of tasks that start without the draft, to measure what the draft does.
       */
      control_share?: number;
      readonly counts: components["schemas"]["Counts"];
      /** @description Whose drafts are shown or started from. */
      drafting_run?: number | null;
      readonly id: number;
      image_choice: {
        [key: string]: unknown;
      };
      lease_minutes?: number;
      readonly mine: components["schemas"]["Mine"];
      number: number;
      /** Format: date-time */
      opened_at?: string | null;
      order?: components["schemas"]["OrderEnum"];
      /** @description May people edit their own caption of the previous round? */
      own_previous_allowed?: boolean;
      project: string;
      review_level_names: string[];
      /** @description How many reviewers accept a caption, one after the other. */
      review_levels?: number;
      /**
       * Format: double
       * @description Share of submissions that come up for review.
       */
      review_share?: number;
      /**
       * Format: int64
       * @description Of the random order, the sample, the control arm and the check tasks.
       */
      seed?: number;
      starting_text: components["schemas"]["StartingText"];
      state: components["schemas"]["RoundState"];
    };
    /** @description The round hands out no tasks and takes no texts any more (or not yet). */
    RoundClosedProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: "round-closed";
      detail: string;
      /** @enum {integer} */
      status: 409;
      title: string;
      type: string;
    };
    /** @description That round was launched already, or another one is still open. */
    RoundExistsProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: "round-exists";
      detail: string;
      /** @enum {integer} */
      status: 409;
      title: string;
      type: string;
    };
    /** @description Both arms, with draft minus without (Welch's interval), and the verdicts of each level of review. */
    RoundReport: {
      control: components["schemas"]["Arm"];
      difference: {
        [key: string]: components["schemas"]["Measured"];
      };
      drafted: components["schemas"]["Arm"];
      levels: components["schemas"]["LevelReport"][];
      /** @description Captions without clip_score yet; have them measured: POST /api/v1/rounds/{id}/measure/. */
      unmeasured: number;
    };
    /** @enum {string} */
    RoundState: "preparing" | "open" | "closing" | "closed";
    /** @description Somebody has handed a caption in, so the launch cannot be undone. */
    RoundUnderWayProblem: {
      /** @enum {string} */
      code: "round-under-way";
      detail: string;
      /** @enum {integer} */
      status: 409;
      title: string;
      type: string;
    };
    /** @enum {string} */
    RunState: "queued" | "training" | "evaluating" | "drafting" | "finished" | "failed" | "cancelled";
    /** @description How the source was to be read when the worker looked. */
    Said: {
      columns?: {
        [key: string]: string;
      };
      /** @default  */
      encoding: string;
      /** @default  */
      format: components["schemas"]["ImportFormat"] | components["schemas"]["BlankEnum"];
      /** @default  */
      images: string;
      /** @default  */
      texts: string;
    };
    /** @description After a save; the lease is null when the task is in other hands by now (the words are kept). */
    SavedWorkingCopy: {
      /** Format: date-time */
      lease_expires_at: string | null;
      text: string;
      version: number;
    };
    /** @description The person is who they say only after another step; a browser goes on with it, a program cannot. */
    SecondFactorNeededProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: "second-factor-needed";
      detail: string;
      /** @enum {integer} */
      status: 401;
      title: string;
      type: string;
    };
    /** @description The version that was read. */
    SeenRequest: {
      version: number;
    };
    /** @description Internal Server Error */
    ServerErrorProblem: {
      /** @enum {string} */
      code: "server-error";
      detail: string;
      /** @enum {integer} */
      status: 500;
      title: string;
      type: string;
    };
    /** @description Something that the server needs (disk, broker) is not there now. */
    ServiceUnavailableProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: "service-unavailable";
      detail: string;
      /** @enum {integer} */
      status: 503;
      title: string;
      type: string;
    };
    /** @description Nobody, or a person with their roles. */
    Session: {
      memberships: components["schemas"]["SessionMembership"][];
      user: components["schemas"]["SessionUser"] | null;
    };
    /** @description Their role in a project. */
    SessionMembership: {
      project: string;
      role: components["schemas"]["Role"];
    };
    /** @description The person as they see themselves. */
    SessionUser: {
      has_password: boolean;
      readonly id: number;
      is_owner: boolean;
      name: string;
      /** @description Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only. */
      username: string;
    };
    /** @description What was given holds several tables that could say what the rows are; `candidates` names them. */
    SeveralSourcesProblem: {
      candidates?: {
        file: string;
        format: string;
      }[];
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: "several-sources";
      detail: string;
      /** @enum {integer} */
      status: 409;
      title: string;
      type: string;
    };
    /** @description Somebody else's caption of the same image in the same round. */
    Sibling: {
      annotator: string;
      caption: number;
      task: number;
      text: string;
    };
    /** @description What signs a person in. */
    SignInRequest: {
      /** @description The secret of a one-time sign-in link. */
      link: string;
    };
    /**
     * @description Empty when nothing is like it, or (`embedded` false) when the image was not embedded yet.
     *
     *     `other_split`: the held-out images that this training image is taken for, so that training sets leave it out; of a held-out
     *     one those training images.
     */
    Similar: {
      embedded: boolean;
      images: components["schemas"]["Likeness"][];
      other_split: components["schemas"]["Likeness"][];
    };
    /** @description A member of an archive that was left out. */
    SkippedMember: {
      name: string;
      reason: string;
    };
    /** @description A file of the source that could say what the rows are; `file` is `.` for the folder itself. */
    SourceCandidate: {
      file: string;
      format: components["schemas"]["ImportFormat"];
    };
    /** @description A source has pictures and not one text; the person who imports it must say that this is meant. */
    SourceWithoutTextsProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: "source-without-texts";
      detail: string;
      /** @enum {integer} */
      status: 409;
      title: string;
      type: string;
    };
    /** @enum {string} */
    Split: "train" | "eval";
    /**
     * @description What the project is to be called here (its own slug, where that is free), and who of its people has an account here.
     *
     *     If someone is not listed, but an account here has their name, they get a new account. An archive alone never makes an
     *     account here a member, or the author of a text.
     */
    StartArchiveImportRequest: {
      people?: components["schemas"]["ConfirmedPersonRequest"][];
      slug: string;
    };
    /** @description The base, or the earlier run by number and name, whose weights a run began with; nulls for the recipe's own. */
    StartedFrom: {
      base?: string | null;
      name?: string | null;
      run?: number | null;
      sha256?: string | null;
    };
    /** @enum {string} */
    StartFrom: "recipe" | "base" | "last_promoted";
    /**
     * @description How the rows are read. `split`, `source`, `domain` and `licence` are for rows that say nothing themselves.
     *     `without_texts` says that pictures without one text are meant.
     */
    StartImportRequest: {
      /**
       * @description Which field a column is, where the guess is wrong.
       * @default {}
       */
      columns: {
        [key: string]: string;
      };
      /**
       * @description Of rows that name no domain.
       * @default
       */
      domain: string;
      /**
       * @description Of CSV, TSV and JSON Lines that are not UTF-8 (or UTF-16 with a mark): cp1252, iso-8859-1, gb18030 …
       * @default
       */
      encoding: string;
      /**
       * @description Only if it is not recognised by its content.
       * @default
       */
      format: components["schemas"]["ImportFormat"] | components["schemas"]["BlankEnum"];
      /**
       * @description The folder of the source that the pictures are in, if rows do not lead there.
       * @default
       */
      images: string;
      /**
       * @description Of rows that name no licence.
       * @default
       */
      licence: string;
      /**
       * @description Undo wrong decodings (mojibake) and HTML entities.
       * @default false
       */
      repair_texts: boolean;
      /**
       * @description Of rows that name no source.
       * @default
       */
      source: string;
      /**
       * @description Of rows that name no split.
       * @default
       */
      split: components["schemas"]["Split"] | components["schemas"]["BlankEnum"];
      /**
       * @description The file of the source that says what the rows are, if several could; . is the pictures themselves.
       * @default
       */
      texts: string;
      /**
       * @description Pictures without a single text are what you want.
       * @default false
       */
      without_texts: boolean;
    };
    /** @enum {string} */
    StartingText: "alt_text" | "previous_caption" | "draft";
    /** @description A caption to hand in; `submission_id` is made by the client, one per submission. */
    SubmissionRequest: {
      concepts?: components["schemas"]["ConceptRequest"][];
      /**
       * Format: double
       * @description Share of characters that were pasted.
       */
      pasted_share?: number | null;
      /** Format: double */
      seconds?: number | null;
      /** Format: uuid */
      submission_id: string;
      text: string;
    };
    /** @description That submission id was used for another text. */
    SubmissionReusedProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: "submission-reused";
      detail: string;
      /** @enum {integer} */
      status: 409;
      title: string;
      type: string;
    };
    /** @description The stored caption. */
    SubmittedCaption: {
      /** Format: date-time */
      created_at: string;
      readonly id: number;
      late?: boolean;
      /** Format: uuid */
      submission_id: string;
      task: number;
      text: string;
    };
    /** @description The first rows, of a small source all (`complete`). */
    Survey: {
      complete: boolean;
      pictures: components["schemas"]["Pictures"];
      rows_read: number;
      rows_refused: number;
      rows_with_texts: number;
      texts: number;
    };
    /** @description Everything the workbench shows of a task. */
    Task: {
      alt_texts: string[];
      /** @description What the caller decided on phrases so far, or in their caption. */
      concepts: components["schemas"]["Concept"][];
      /** @description What was decided in the caption of the round before. */
      concepts_before: components["schemas"]["Concept"][];
      draft: components["schemas"]["TaskDraft"] | null;
      flag_note: string;
      flagged: boolean;
      id: number;
      image: components["schemas"]["TaskImage"];
      /** Format: date-time */
      lease_expires_at: string | null;
      /** @description The concrete phrases of the alt-texts, found at import. */
      phrases: string[];
      previous_caption: string | null;
      review: components["schemas"]["TaskReview"] | null;
      round: number;
      starting_source: components["schemas"]["StartingText"];
      starting_text: string;
      state: components["schemas"]["TaskState"];
      working_copy: components["schemas"]["WorkingCopy"];
    };
    /** @description What the captioner wrote for it. */
    TaskDraft: {
      /** @description The text in pieces, by turns: what the captioner was sure of, and what it was unsure of. */
      pieces: string[];
      run: string;
      text: string;
    };
    /** @description The picture of a task. */
    TaskImage: {
      face_boxes: number[][];
      height: number;
      id: number;
      /** @description In full size; null where the screen's is that already. */
      original_url: string | null;
      thumbnail_url: string;
      /** @description For the screen. */
      url: string;
      width: number;
    };
    /** @description The caption is not waiting for a verdict, or it is the reviewer's own. */
    TaskNotReviewableProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: "task-not-reviewable";
      detail: string;
      /** @enum {integer} */
      status: 409;
      title: string;
      type: string;
    };
    /** @description The task is not, and never was, held by the caller. */
    TaskNotYoursProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: "task-not-yours";
      detail: string;
      /** @enum {integer} */
      status: 409;
      title: string;
      type: string;
    };
    /** @description What the reviewer said of a returned task. */
    TaskReview: {
      /** @description [start, end] in caption_text. */
      anchor: number[] | null;
      /** @description The text that the reviewer read. */
      caption_text: string;
      comment: string;
      reviewer: string;
      verdict: components["schemas"]["Verdict"];
    };
    /** @enum {string} */
    TaskState: "pending" | "claimed" | "submitted" | "accepted" | "returned" | "skipped" | "cancelled";
    /** @enum {string} */
    TextEnum: "caption" | "draft";
    /** @description How many tokens it is for one part of the captioner; what is over the limit is cut off. */
    TokenCount: {
      count: number;
      limit: number;
      /** @description Empty for one that was made on this server. */
      model: string;
      part: components["schemas"]["PartEnum"];
    };
    /** @enum {string} */
    TokenScope: "read" | "annotate" | "review" | "admin";
    /** @description The frozen list, and how many images were left out of it because they look like held-out ones. */
    TrainingSet: {
      readonly id: number;
      readonly left_out_count: number;
      row_count: number;
      sha256: string;
    };
    /** @description An image that several people captioned. */
    Undecided: {
      alt_texts: string[];
      captions: components["schemas"]["Candidate"][];
      image: components["schemas"]["TaskImage"];
      starting_text: string;
    };
    /** @description Which submission to take back. */
    UndoRequest: {
      /** Format: int64 */
      caption: number;
    };
    /** @description No reader or writer of that name. */
    UnknownFormatProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: "unknown-format";
      detail: string;
      /** @enum {integer} */
      status: 400;
      title: string;
      type: string;
    };
    /** @description A file that is not an image we take, with the reason. */
    UnreadableImageProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: "unreadable-image";
      detail: string;
      /** @enum {integer} */
      status: 400;
      title: string;
      type: string;
    };
    /** @description Unsupported Media Type */
    UnsupportedMediaTypeProblem: {
      /** @enum {string} */
      code: "unsupported-media-type";
      detail: string;
      /** @enum {integer} */
      status: 415;
      title: string;
      type: string;
    };
    /** @description A piece of an upload that does not go on where the last one ended; `received` says where that was. */
    UploadOutOfStepProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: "upload-out-of-step";
      detail: string;
      received: number;
      /** @enum {integer} */
      status: 409;
      title: string;
      type: string;
    };
    /** @enum {string} */
    VerbsEnum:
      | "round.launched"
      | "round.launch_undone"
      | "round.closed"
      | "round.exported"
      | "captioner_run.queued"
      | "captioner_run.trained"
      | "captioner_run.promoted"
      | "captioner_run.drafted"
      | "captioner_run.failed"
      | "captioner_run.cancelled";
    /** @enum {string} */
    Verdict: "accepted" | "returned" | "fixed";
    /** @description A caption that waits for a verdict, with what it was made from. */
    WaitingCaption: {
      /** @description In their order. */
      readonly alt_texts: string[];
      annotator: string;
      readonly check: components["schemas"]["PlantedError"] | null;
      readonly concepts: components["schemas"]["ConceptAnswer"][];
      /** Format: date-time */
      created_at: string;
      readonly earlier_reviews: components["schemas"]["EarlierReview"][];
      flag_note: string;
      flag_reason: string;
      flagged: boolean;
      readonly id: number;
      readonly image: components["schemas"]["TaskImage"];
      late?: boolean;
      /** @description The level of review that is to decide now, or once more. */
      readonly level: number;
      /** @description Who reviews at that level; empty where it has no name. */
      readonly level_name: string;
      levels: number;
      readonly own_verdict: components["schemas"]["OwnVerdict"] | null;
      /** @description The concrete phrases of the alt-texts, found at import. */
      readonly phrases: string[];
      /**
       * Format: double
       * @description Active seconds, as the editor counted them.
       */
      seconds?: number | null;
      readonly siblings: components["schemas"]["Sibling"][];
      starting_source: components["schemas"]["StartingText"];
      starting_text: string;
      task: number;
      text: string;
    };
    /** @description What waits for the caller as a reviewer: captions for a verdict, images for a choice between several captions. */
    WaitingCounts: {
      adjudication: number;
      review: number;
    };
    /**
     * @description An address and what it is told of (everything, where `verbs` is empty). `old_secret_until`: until when the secret before
     *     the current one signs beside it.
     */
    Webhook: {
      /** Format: date-time */
      created_at: string;
      readonly id: number;
      is_active?: boolean;
      /** Format: date-time */
      old_secret_until?: string | null;
      url: string;
      verbs: components["schemas"]["VerbsEnum"][];
    };
    /** @description How many tasks were cancelled, the exports that hold the image, and the archives that have its picture. */
    Withdrawal: {
      archives: components["schemas"]["HoldingArchive"][];
      exports: components["schemas"]["HoldingExport"][];
      tasks: number;
    };
    /** @description Who asked for the takedown, and why. */
    WithdrawRequest: {
      reason: string;
    };
    /** @description A run of words with one origin: 'alt_text', 'draft', 'round N by NAME'. */
    WordOrigin: {
      origin: string;
      words: string[];
    };
    /** @description The text so far; `version` is the one the text was loaded from. */
    WorkingCopy: {
      text: string;
      version: number;
    };
    /** @description What is kept of somebody's work before they hand it in. The text may be longer than a caption may be. */
    WorkInProgressRequest: {
      /** @description All that is decided so far; left out or null: as it was. */
      concepts?: components["schemas"]["ConceptRequest"][] | null;
      text: string;
      version: number;
    };
  };
  responses: {
    /** @description The account prohibits adding an authenticator, e.g. because of an unverified email address. */
    AccountAddAuthenticatorConflict: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["AccountConflictResponse"];
      };
    };
    /** @description A WebAuthn authenticator. */
    AccountAddWebAuthnAuthenticator: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/json": {
          data: components["schemas"]["AccountWebAuthnAuthenticator"];
          meta: {
            /** @description Whether or not recovery codes where generated automatically. */
            recovery_codes_generated?: boolean;
          };
          status: components["schemas"]["AccountStatusOK"];
        };
      };
    };
    /** @description The user is authenticated. */
    AccountAuthenticated: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["AccountAuthenticatedResponse"];
      };
    };
    /** @description Authenticated by password. */
    AccountAuthenticatedByPassword: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["AccountAuthenticatedResponse"];
      };
    };
    /** @description Authenticated by password and 2FA. */
    AccountAuthenticatedByPasswordAnd2FA: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["AccountAuthenticatedResponse"];
      };
    };
    /** @description Not authenticated. */
    AccountAuthentication: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["AccountAuthenticationResponse"];
      };
    };
    /** @description List of authenticators. */
    AccountAuthenticators: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/json": {
          data: components["schemas"]["AccountAuthenticatorList"];
          status: components["schemas"]["AccountStatusOK"];
        };
      };
    };
    /** @description The django-allauth configuration. */
    AccountConfiguration: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["AccountConfigurationResponse"];
      };
    };
    /** @description An input error occurred. */
    AccountError: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["AccountErrorResponse"];
      };
    };
    /** @description Not found. */
    AccountNotFound: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/json": {
          /** @enum {integer} */
          status: 404;
        };
      };
    };
    /** @description List of third-party provider accounts. */
    AccountProviderAccounts: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/json": {
          data: components["schemas"]["AccountProviderAccount"][];
          status: components["schemas"]["AccountStatusOK"];
        };
      };
    };
    /** @description The response indicates reauthentication is required. */
    AccountReauthenticationRequired: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["AccountReauthenticationResponse"];
      };
    };
    /** @description Information on the recovery codes. */
    AccountRecoveryCodes: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/json": {
          data: components["schemas"]["AccountSensitiveRecoveryCodesAuthenticator"];
          status: components["schemas"]["AccountStatusOK"];
        };
      };
    };
    /** @description The response indicates session is invalid or no longer exists. */
    AccountSessionGone: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["AccountSessionGoneResponse"];
      };
    };
    /** @description List of sessions. */
    AccountSessions: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/json": {
          data: components["schemas"]["AccountSession"][];
          status: components["schemas"]["AccountStatusOK"];
        };
      };
    };
    /** @description A success response. */
    AccountStatusOK: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/json": {
          status: components["schemas"]["AccountStatusOK"];
        };
      };
    };
    /** @description Information on the TOTP authenticator. */
    AccountTOTPAuthenticator: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/json": {
          data: components["schemas"]["AccountTOTPAuthenticator"];
          meta?: {
            /** @description Whether or not recovery codes where generated automatically. */
            recovery_codes_generated?: boolean;
          };
          status: components["schemas"]["AccountStatusOK"];
        };
      };
    };
    /** @description No TOTP authenticator has been set up. */
    AccountTOTPAuthenticatorNotFound: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/json": {
          meta: {
            /**
             * @description A TOTP secret that can be used to setup a new authenticator.
             * @example J4ZKKXTK7NOVU7EPUVY23LCDV4T2QZYM
             */
            secret: string;
            /** @description The URL as a picture to scan (SVG). */
            totp_svg: string;
            /**
             * @description otpauth URI from which a QR code can be generated and scanned by OTP clients.
             * @example otpauth://totp/Example:alice@fsf.org?secret=JBSWY3DPEHPK3PXP&issuer=Example
             */
            totp_url: string;
          };
          /** @enum {integer} */
          status: 404;
        };
      };
    };
    /** @description There is no authenticated session. */
    AccountUnauthenticated: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/json": components["schemas"]["AccountAuthenticationResponse"];
      };
    };
    /** @description A WebAuthn authenticator. */
    AccountWebAuthnAuthenticator: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/json": {
          data: components["schemas"]["AccountWebAuthnAuthenticator"];
          status: components["schemas"]["AccountStatusOK"];
        };
      };
    };
    /** @description WebAuthn credential creation options. */
    AccountWebAuthnCreationOptionsResponse: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/json": {
          data: components["schemas"]["AccountWebAuthnCredentialCreationOptions"];
          status: components["schemas"]["AccountStatusOK"];
        };
      };
    };
    /** @description WebAuthn credential request options. */
    AccountWebAuthnRequestOptionsResponse: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/json": {
          data: components["schemas"]["AccountWebAuthnCredentialRequestOptions"];
          status: components["schemas"]["AccountStatusOK"];
        };
      };
    };
    /** @description Bad Request */
    AddressRefusedOrBadRequestOrInvalidOrInvalidSettingsOrInvalidTextOrLengthMalformedOrParseError: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json":
          | components["schemas"]["AddressRefusedProblem"]
          | components["schemas"]["BadRequestProblem"]
          | components["schemas"]["InvalidProblem"]
          | components["schemas"]["InvalidSettingsProblem"]
          | components["schemas"]["InvalidTextProblem"]
          | components["schemas"]["LengthMalformedProblem"]
          | components["schemas"]["ParseErrorProblem"];
      };
    };
    /** @description Bad Request */
    AddressRefusedOrBadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json":
          | components["schemas"]["AddressRefusedProblem"]
          | components["schemas"]["BadRequestProblem"]
          | components["schemas"]["InvalidProblem"]
          | components["schemas"]["InvalidTextProblem"]
          | components["schemas"]["LengthMalformedProblem"]
          | components["schemas"]["ParseErrorProblem"];
      };
    };
    /** @description Request-URI Too Long */
    AddressTooLong: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["AddressTooLongProblem"];
      };
    };
    /** @description Conflict */
    AdjudicationOutdatedOrRoundClosedOrTaskNotReviewable: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json":
          | components["schemas"]["AdjudicationOutdatedProblem"]
          | components["schemas"]["RoundClosedProblem"]
          | components["schemas"]["TaskNotReviewableProblem"];
      };
    };
    /** @description Conflict */
    ArchiveUnderWay: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["ArchiveUnderWayProblem"];
      };
    };
    /** @description Unauthorized */
    AuthenticationFailed: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["AuthenticationFailedProblem"];
      };
    };
    /** @description Unauthorized */
    AuthenticationFailedOrNotAuthenticated: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json":
          | components["schemas"]["AuthenticationFailedProblem"]
          | components["schemas"]["NotAuthenticatedProblem"];
      };
    };
    /** @description Unauthorized */
    AuthenticationFailedOrSecondFactorNeeded: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json":
          | components["schemas"]["AuthenticationFailedProblem"]
          | components["schemas"]["SecondFactorNeededProblem"];
      };
    };
    /** @description Bad Request */
    BadRequestOrBodyNotWantedOrInvalidOrInvalidTextOrLengthMalformed: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json":
          | components["schemas"]["BadRequestProblem"]
          | components["schemas"]["BodyNotWantedProblem"]
          | components["schemas"]["InvalidProblem"]
          | components["schemas"]["InvalidTextProblem"]
          | components["schemas"]["LengthMalformedProblem"];
      };
    };
    /** @description Bad Request */
    BadRequestOrBodyNotWantedOrInvalidOrLengthMalformed: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json":
          | components["schemas"]["BadRequestProblem"]
          | components["schemas"]["BodyNotWantedProblem"]
          | components["schemas"]["InvalidProblem"]
          | components["schemas"]["LengthMalformedProblem"];
      };
    };
    /** @description Bad Request */
    BadRequestOrBodyNotWantedOrLengthMalformed: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json":
          | components["schemas"]["BadRequestProblem"]
          | components["schemas"]["BodyNotWantedProblem"]
          | components["schemas"]["LengthMalformedProblem"];
      };
    };
    /** @description Bad Request */
    BadRequestOrBodyNotWantedOrLengthMalformedOrUnreadableImage: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json":
          | components["schemas"]["BadRequestProblem"]
          | components["schemas"]["BodyNotWantedProblem"]
          | components["schemas"]["LengthMalformedProblem"]
          | components["schemas"]["UnreadableImageProblem"];
      };
    };
    /** @description Bad Request */
    BadRequestOrInvalidOrInvalidSettingsOrInvalidTextOrLengthMalformedOrParseError: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json":
          | components["schemas"]["BadRequestProblem"]
          | components["schemas"]["InvalidProblem"]
          | components["schemas"]["InvalidSettingsProblem"]
          | components["schemas"]["InvalidTextProblem"]
          | components["schemas"]["LengthMalformedProblem"]
          | components["schemas"]["ParseErrorProblem"];
      };
    };
    /** @description Bad Request */
    BadRequestOrInvalidOrInvalidSettingsOrInvalidTextOrLengthMalformedOrParseErrorOrUnknownFormat: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json":
          | components["schemas"]["BadRequestProblem"]
          | components["schemas"]["InvalidProblem"]
          | components["schemas"]["InvalidSettingsProblem"]
          | components["schemas"]["InvalidTextProblem"]
          | components["schemas"]["LengthMalformedProblem"]
          | components["schemas"]["ParseErrorProblem"]
          | components["schemas"]["UnknownFormatProblem"];
      };
    };
    /** @description Bad Request */
    BadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json":
          | components["schemas"]["BadRequestProblem"]
          | components["schemas"]["InvalidProblem"]
          | components["schemas"]["InvalidTextProblem"]
          | components["schemas"]["LengthMalformedProblem"]
          | components["schemas"]["ParseErrorProblem"];
      };
    };
    /** @description Bad Request */
    BadRequestOrInvalidOrLengthMalformedOrParseErrorOrUnreadableImage: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json":
          | components["schemas"]["BadRequestProblem"]
          | components["schemas"]["InvalidProblem"]
          | components["schemas"]["LengthMalformedProblem"]
          | components["schemas"]["ParseErrorProblem"]
          | components["schemas"]["UnreadableImageProblem"];
      };
    };
    /** @description Bad Request */
    BadRequestOrLengthMalformed: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json":
          components["schemas"]["BadRequestProblem"] | components["schemas"]["LengthMalformedProblem"];
      };
    };
    /** @description Conflict */
    BaseInUse: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["BaseInUseProblem"];
      };
    };
    /** @description Conflict */
    CohortInUse: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["CohortInUseProblem"];
      };
    };
    /** @description Service Unavailable */
    DatabaseAwayOrDiskFull: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json":
          components["schemas"]["DatabaseAwayProblem"] | components["schemas"]["DiskFullProblem"];
      };
    };
    /** @description Service Unavailable */
    DatabaseAwayOrDiskFullOrPictureNotReadyOrServiceUnavailable: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json":
          | components["schemas"]["DatabaseAwayProblem"]
          | components["schemas"]["DiskFullProblem"]
          | components["schemas"]["PictureNotReadyProblem"]
          | components["schemas"]["ServiceUnavailableProblem"];
      };
    };
    /** @description Service Unavailable */
    DatabaseAwayOrDiskFullOrServiceUnavailable: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json":
          | components["schemas"]["DatabaseAwayProblem"]
          | components["schemas"]["DiskFullProblem"]
          | components["schemas"]["ServiceUnavailableProblem"];
      };
    };
    /** @description Conflict */
    ImportNotReady: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["ImportNotReadyProblem"];
      };
    };
    /** @description Conflict */
    ImportNotReadyOrSeveralSourcesOrSourceWithoutTexts: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json":
          | components["schemas"]["ImportNotReadyProblem"]
          | components["schemas"]["SeveralSourcesProblem"]
          | components["schemas"]["SourceWithoutTextsProblem"];
      };
    };
    /** @description Conflict */
    ImportNotReadyOrUploadOutOfStep: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json":
          components["schemas"]["ImportNotReadyProblem"] | components["schemas"]["UploadOutOfStepProblem"];
      };
    };
    /** @description Conflict */
    JobNotCancellable: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["JobNotCancellableProblem"];
      };
    };
    /** @description Length Required */
    LengthRequired: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["LengthRequiredProblem"];
      };
    };
    /** @description Forbidden */
    LinkUsedUpOrNotAllowedOrPermissionDenied: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json":
          | components["schemas"]["LinkUsedUpProblem"]
          | components["schemas"]["NotAllowedProblem"]
          | components["schemas"]["PermissionDeniedProblem"];
      };
    };
    /** @description Conflict */
    NewerTextSaved: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["NewerTextSavedProblem"];
      };
    };
    /** @description Conflict */
    NewerTextSavedOrTaskNotYours: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json":
          components["schemas"]["NewerTextSavedProblem"] | components["schemas"]["TaskNotYoursProblem"];
      };
    };
    /** @description Conflict */
    NoDraftsOrNothingToLaunchOrRoundExists: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json":
          | components["schemas"]["NoDraftsProblem"]
          | components["schemas"]["NothingToLaunchProblem"]
          | components["schemas"]["RoundExistsProblem"];
      };
    };
    /** @description Not Acceptable */
    NotAcceptable: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["NotAcceptableProblem"];
      };
    };
    /** @description Forbidden */
    NotAllowed: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["NotAllowedProblem"];
      };
    };
    /** @description Forbidden */
    NotAllowedOrPaused: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json":
          components["schemas"]["NotAllowedProblem"] | components["schemas"]["PausedProblem"];
      };
    };
    /** @description Forbidden */
    NotAllowedOrPausedOrPermissionDenied: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json":
          | components["schemas"]["NotAllowedProblem"]
          | components["schemas"]["PausedProblem"]
          | components["schemas"]["PermissionDeniedProblem"];
      };
    };
    /** @description Forbidden */
    NotAllowedOrPermissionDenied: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json":
          components["schemas"]["NotAllowedProblem"] | components["schemas"]["PermissionDeniedProblem"];
      };
    };
    /** @description Not Found */
    NotFound: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["NotFoundProblem"];
      };
    };
    /** @description Request Entity Too Large */
    RequestTooLarge: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["RequestTooLargeProblem"];
      };
    };
    /** @description Conflict */
    RoundClosed: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["RoundClosedProblem"];
      };
    };
    /** @description Conflict */
    RoundClosedOrSubmissionReusedOrTaskNotYours: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json":
          | components["schemas"]["RoundClosedProblem"]
          | components["schemas"]["SubmissionReusedProblem"]
          | components["schemas"]["TaskNotYoursProblem"];
      };
    };
    /** @description Conflict */
    RoundClosedOrTaskNotReviewable: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json":
          components["schemas"]["RoundClosedProblem"] | components["schemas"]["TaskNotReviewableProblem"];
      };
    };
    /** @description Conflict */
    RoundClosedOrTaskNotYours: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json":
          components["schemas"]["RoundClosedProblem"] | components["schemas"]["TaskNotYoursProblem"];
      };
    };
    /** @description Conflict */
    RoundUnderWay: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["RoundUnderWayProblem"];
      };
    };
    /** @description Internal Server Error */
    ServerError: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["ServerErrorProblem"];
      };
    };
    /** @description Conflict */
    TaskNotYours: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["TaskNotYoursProblem"];
      };
    };
    /** @description Unsupported Media Type */
    UnsupportedMediaType: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["UnsupportedMediaTypeProblem"];
      };
    };
  };
  parameters: {
    /**
     * @description When present (regardless of its value), enables passwordless sign-in via a WebAuthn credential (Passkey),
     *     which requires PIN, biometric, or equivalent user verification. Omit the parameter to disable.
     */
    AccountPasswordLess: boolean;
  };
  requestBodies: {
    AccountAddWebAuthnAuthenticator: {
      content: {
        "application/json": {
          credential: components["schemas"]["AccountWebAuthnCredential"];
          /** @example Master key */
          name?: string;
        };
      };
    };
    /** @description Authenticate using WebAuthn. */
    AccountAuthenticateWebAuthn: {
      content: {
        "application/json": {
          credential: components["schemas"]["AccountWebAuthnCredential"];
        };
      };
    };
    AccountChangePassword: {
      content: {
        "application/json": {
          current_password?: components["schemas"]["AccountPassword"];
          /**
           * @description The current password.
           * @example Aberto!
           */
          new_password: string;
        };
      };
    };
    AccountDeleteWebAuthn: {
      content: {
        "application/json": {
          /** @description The IDs of the authenticator that are to be deleted. */
          authenticators: components["schemas"]["AccountAuthenticatorID"][];
        };
      };
    };
    AccountEndSessions: {
      content: {
        "application/json": components["schemas"]["AccountEndSessions"];
      };
    };
    /** @description Login. */
    AccountLogin: {
      content: {
        "application/json": components["schemas"]["AccountLogin"];
      };
    };
    /** @description Login using WebAuthn. */
    AccountLoginWebAuthn: {
      content: {
        "application/json": {
          credential: components["schemas"]["AccountWebAuthnCredential"];
        };
      };
    };
    AccountMFAAuthenticate: {
      content: {
        "application/json": components["schemas"]["AccountMFAAuthenticate"];
      };
    };
    AccountProviderAccount: {
      content: {
        "application/json": {
          account: components["schemas"]["AccountProviderAccountID"];
          provider: components["schemas"]["AccountProviderID"];
        };
      };
    };
    /** @description Reauthenticate. */
    AccountReauthenticate: {
      content: {
        "application/json": components["schemas"]["AccountReauthenticate"];
      };
    };
    /** @description Reauthenticate using WebAuthn. */
    AccountReauthenticateWebAuthn: {
      content: {
        "application/json": {
          credential: components["schemas"]["AccountWebAuthnCredential"];
        };
      };
    };
    AccountSetupTOTP: {
      content: {
        "application/json": {
          code: components["schemas"]["AccountAuthenticatorCode"];
        };
      };
    };
    AccountUpdateWebAuthn: {
      content: {
        "application/json": {
          id?: components["schemas"]["AccountAuthenticatorID"];
          /** @example Master key */
          name?: string;
        };
      };
    };
  };
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  account_authenticators_get: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components["responses"]["AccountAuthenticators"];
      400: components["responses"]["BadRequestOrBodyNotWantedOrLengthMalformed"];
      401: components["responses"]["AccountAuthentication"];
      410: components["responses"]["AccountSessionGone"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
    };
  };
  account_recovery_codes_get: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components["responses"]["AccountRecoveryCodes"];
      400: components["responses"]["BadRequestOrBodyNotWantedOrLengthMalformed"];
      401: components["responses"]["AccountReauthenticationRequired"];
      404: components["responses"]["AccountNotFound"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
    };
  };
  account_recovery_codes_post: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description An input error occurred. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AccountErrorResponse"];
        };
      };
      401: components["responses"]["AccountReauthenticationRequired"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
    };
  };
  account_authenticator_app_get: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components["responses"]["AccountTOTPAuthenticator"];
      400: components["responses"]["BadRequestOrBodyNotWantedOrLengthMalformed"];
      401: components["responses"]["AccountAuthentication"];
      404: components["responses"]["AccountTOTPAuthenticatorNotFound"];
      409: components["responses"]["AccountAddAuthenticatorConflict"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
    };
  };
  account_authenticator_app_post: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: components["requestBodies"]["AccountSetupTOTP"];
    responses: {
      200: components["responses"]["AccountTOTPAuthenticator"];
      /** @description An input error occurred. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AccountErrorResponse"];
        };
      };
      401: components["responses"]["AccountReauthenticationRequired"];
      409: components["responses"]["AccountAddAuthenticatorConflict"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
    };
  };
  account_authenticator_app_delete: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components["responses"]["AccountStatusOK"];
      400: components["responses"]["BadRequestOrLengthMalformed"];
      401: components["responses"]["AccountReauthenticationRequired"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
    };
  };
  account_passkeys_get: {
    parameters: {
      query?: {
        /**
         * @description When present (regardless of its value), enables passwordless sign-in via a WebAuthn credential (Passkey),
         *     which requires PIN, biometric, or equivalent user verification. Omit the parameter to disable.
         */
        passwordless?: components["parameters"]["AccountPasswordLess"];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components["responses"]["AccountWebAuthnCreationOptionsResponse"];
      400: components["responses"]["BadRequestOrBodyNotWantedOrLengthMalformed"];
      401: components["responses"]["AccountReauthenticationRequired"];
      409: components["responses"]["AccountAddAuthenticatorConflict"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
    };
  };
  account_passkeys_put: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: components["requestBodies"]["AccountUpdateWebAuthn"];
    responses: {
      200: components["responses"]["AccountWebAuthnAuthenticator"];
      400: components["responses"]["BadRequestOrLengthMalformed"];
      401: components["responses"]["AccountReauthenticationRequired"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
    };
  };
  account_passkeys_post: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: components["requestBodies"]["AccountAddWebAuthnAuthenticator"];
    responses: {
      200: components["responses"]["AccountAddWebAuthnAuthenticator"];
      400: components["responses"]["BadRequestOrLengthMalformed"];
      401: components["responses"]["AccountReauthenticationRequired"];
      409: components["responses"]["AccountAddAuthenticatorConflict"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
    };
  };
  account_passkeys_delete: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: components["requestBodies"]["AccountDeleteWebAuthn"];
    responses: {
      200: components["responses"]["AccountStatusOK"];
      400: components["responses"]["BadRequestOrLengthMalformed"];
      401: components["responses"]["AccountReauthenticationRequired"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
    };
  };
  account_password_post: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: components["requestBodies"]["AccountChangePassword"];
    responses: {
      400: components["responses"]["AccountError"];
      401: components["responses"]["AccountAuthentication"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
    };
  };
  account_providers_get: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components["responses"]["AccountProviderAccounts"];
      400: components["responses"]["BadRequestOrBodyNotWantedOrLengthMalformed"];
      401: components["responses"]["AccountAuthentication"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
    };
  };
  account_providers_delete: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: components["requestBodies"]["AccountProviderAccount"];
    responses: {
      200: components["responses"]["AccountProviderAccounts"];
      /** @description An input error occurred. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AccountErrorResponse"];
        };
      };
      401: components["responses"]["AccountAuthentication"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
    };
  };
  account_second_factor_post: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: components["requestBodies"]["AccountMFAAuthenticate"];
    responses: {
      200: components["responses"]["AccountAuthenticatedByPasswordAnd2FA"];
      /** @description An input error occurred. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AccountErrorResponse"];
        };
      };
      401: components["responses"]["AccountAuthentication"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
    };
  };
  account_reauthenticate_by_code_post: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: components["requestBodies"]["AccountMFAAuthenticate"];
    responses: {
      200: components["responses"]["AccountAuthenticatedByPasswordAnd2FA"];
      /** @description An input error occurred. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AccountErrorResponse"];
        };
      };
      401: components["responses"]["AccountAuthentication"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
    };
  };
  account_sign_in_post: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: components["requestBodies"]["AccountLogin"];
    responses: {
      200: components["responses"]["AccountAuthenticatedByPassword"];
      /** @description An input error occurred. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AccountErrorResponse"];
        };
      };
      /** @description Not authenticated. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AccountAuthenticationResponse"];
        };
      };
      /** @description Conflict. For example, when logging in when a user is already logged in. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AccountConflictResponse"];
        };
      };
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
    };
  };
  account_reauthenticate_post: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: components["requestBodies"]["AccountReauthenticate"];
    responses: {
      200: components["responses"]["AccountAuthenticatedByPassword"];
      /** @description An input error occurred. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AccountErrorResponse"];
        };
      };
      401: components["responses"]["AccountAuthentication"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
    };
  };
  account_session_get: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components["responses"]["AccountAuthenticated"];
      400: components["responses"]["BadRequestOrBodyNotWantedOrLengthMalformed"];
      401: components["responses"]["AccountAuthentication"];
      410: components["responses"]["AccountSessionGone"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
    };
  };
  account_session_delete: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      400: components["responses"]["BadRequestOrLengthMalformed"];
      401: components["responses"]["AccountUnauthenticated"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
    };
  };
  account_sessions_get: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components["responses"]["AccountSessions"];
      400: components["responses"]["BadRequestOrBodyNotWantedOrLengthMalformed"];
      401: components["responses"]["AccountAuthentication"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
    };
  };
  account_sessions_delete: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: components["requestBodies"]["AccountEndSessions"];
    responses: {
      200: components["responses"]["AccountSessions"];
      400: components["responses"]["BadRequestOrLengthMalformed"];
      401: components["responses"]["AccountAuthentication"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
    };
  };
  account_second_factor_by_passkey_get: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components["responses"]["AccountWebAuthnRequestOptionsResponse"];
      400: components["responses"]["BadRequestOrBodyNotWantedOrLengthMalformed"];
      401: components["responses"]["AccountAuthentication"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
    };
  };
  account_second_factor_by_passkey_post: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: components["requestBodies"]["AccountAuthenticateWebAuthn"];
    responses: {
      200: components["responses"]["AccountAuthenticated"];
      /** @description An input error occurred. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AccountErrorResponse"];
        };
      };
      401: components["responses"]["AccountAuthentication"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
    };
  };
  account_sign_in_by_passkey_get: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components["responses"]["AccountWebAuthnRequestOptionsResponse"];
      400: components["responses"]["BadRequestOrBodyNotWantedOrLengthMalformed"];
      401: components["responses"]["AccountAuthentication"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
    };
  };
  account_sign_in_by_passkey_post: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: components["requestBodies"]["AccountLoginWebAuthn"];
    responses: {
      200: components["responses"]["AccountAuthenticated"];
      /** @description An input error occurred. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AccountErrorResponse"];
        };
      };
      /** @description Not authenticated. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AccountAuthenticationResponse"];
        };
      };
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
    };
  };
  account_reauthenticate_by_passkey_get: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components["responses"]["AccountWebAuthnRequestOptionsResponse"];
      400: components["responses"]["BadRequestOrBodyNotWantedOrLengthMalformed"];
      401: components["responses"]["AccountAuthentication"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
    };
  };
  account_reauthenticate_by_passkey_post: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: components["requestBodies"]["AccountReauthenticateWebAuthn"];
    responses: {
      200: components["responses"]["AccountAuthenticated"];
      /** @description An input error occurred. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AccountErrorResponse"];
        };
      };
      401: components["responses"]["AccountAuthentication"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
    };
  };
  account_config_get: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components["responses"]["AccountConfiguration"];
      400: components["responses"]["BadRequestOrBodyNotWantedOrLengthMalformed"];
      401: components["responses"]["AccountAuthentication"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
    };
  };
  api_tokens_list: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiToken"][];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowed"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  api_tokens_create: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["NewApiTokenRequest"];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["MadeApiToken"];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidSettingsOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPausedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  api_tokens_destroy: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No response body */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  archive_imports_list: {
    parameters: {
      query?: {
        /** @description The pagination cursor value. */
        cursor?: string;
        /** @description Number of results to return per page. */
        page_size?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PaginatedArchiveImportList"];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrInvalidOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowed"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  archive_imports_create: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["NewArchiveImportRequest"];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ArchiveImport"];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidSettingsOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFullOrServiceUnavailable"];
    };
  };
  archive_imports_retrieve: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ArchiveImport"];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowed"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  archive_imports_destroy: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No response body */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      409: components["responses"]["ImportNotReady"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  archive_imports_content_update: {
    parameters: {
      query?: {
        /** @description Where in the file the piece starts. */
        at?: number;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        "application/octet-stream": string;
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ArchiveImport"];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidSettingsOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      409: components["responses"]["ImportNotReadyOrUploadOutOfStep"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFullOrServiceUnavailable"];
    };
  };
  archive_imports_people_list: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ArchivePerson"][];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowed"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  archive_imports_start_create: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["StartArchiveImportRequest"];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ArchiveImport"];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidSettingsOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      409: components["responses"]["ImportNotReady"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  archives_list: {
    parameters: {
      query?: {
        /** @description The pagination cursor value. */
        cursor?: string;
        /** @description Number of results to return per page. */
        page_size?: number;
        project?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PaginatedArchiveList"];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrInvalidOrInvalidTextOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowed"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  archives_create: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["NewArchiveRequest"];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Archive"];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPausedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      409: components["responses"]["ArchiveUnderWay"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  archives_retrieve: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Archive"];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrInvalidOrInvalidTextOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowed"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  archives_destroy: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No response body */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      409: components["responses"]["ArchiveUnderWay"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  archives_file_retrieve: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/x-tar": string;
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrInvalidOrInvalidTextOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowed"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  captioner_bases_list: {
    parameters: {
      query?: {
        /** @description The pagination cursor value. */
        cursor?: string;
        /** @description Number of results to return per page. */
        page_size?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PaginatedBaseCheckpointList"];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrInvalidOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowed"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  captioner_bases_create: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["NewBaseRequest"];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["BaseCheckpoint"];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidSettingsOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  captioner_bases_destroy: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No response body */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      409: components["responses"]["BaseInUse"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  captioner_runs_list: {
    parameters: {
      query?: {
        /** @description The pagination cursor value. */
        cursor?: string;
        /** @description Number of results to return per page. */
        page_size?: number;
        project?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PaginatedCaptionerRunList"];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrInvalidOrInvalidTextOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowed"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  captioner_runs_retrieve: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["CaptionerRun"];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrInvalidOrInvalidTextOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowed"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  captioner_runs_caption_images_create: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        "application/json": components["schemas"]["NewCaptionsRequest"];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Export"];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidSettingsOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  captioner_runs_promote_create: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        "application/json": components["schemas"]["PromotionRequest"];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["CaptionerRun"];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidSettingsOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  captions_list: {
    parameters: {
      query?: {
        /** @description The pagination cursor value. */
        cursor?: string;
        image?: number;
        /** @description Of a task only each person's last caption. */
        latest?: boolean;
        mine?: boolean;
        /** @description Number of results to return per page. */
        page_size?: number;
        project?: string;
        round?: number;
        task?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PaginatedCaptionList"];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrInvalidOrInvalidTextOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowed"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  captions_retrieve: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Caption"];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrInvalidOrInvalidTextOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowed"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  captions_edit_retrieve: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["CaptionEdit"];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrInvalidOrInvalidTextOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowed"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  events_list: {
    parameters: {
      query?: {
        actor?: string;
        /** @description The pagination cursor value. */
        cursor?: string;
        object_id?: string;
        object_type?: string;
        /** @description Number of results to return per page. */
        page_size?: number;
        project?: string;
        verb?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PaginatedEventList"];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrInvalidOrInvalidTextOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowed"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  exports_list: {
    parameters: {
      query?: {
        /** @description The pagination cursor value. */
        cursor?: string;
        /** @description Number of results to return per page. */
        page_size?: number;
        project?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PaginatedExportList"];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrInvalidOrInvalidTextOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowed"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  exports_create: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["NewExportRequest"];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Export"];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidSettingsOrInvalidTextOrLengthMalformedOrParseErrorOrUnknownFormat"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPausedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  exports_retrieve: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Export"];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrInvalidOrInvalidTextOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowed"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  exports_changes_retrieve: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/x-ndjson": string;
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrInvalidOrInvalidTextOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowed"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  exports_files_retrieve: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/octet-stream": string;
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPaused"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  exports_tar_retrieve: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/x-tar": string;
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrInvalidOrInvalidTextOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowed"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  exports_formats_retrieve: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Formats"];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowed"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  exports_latest_retrieve: {
    parameters: {
      query: {
        file_format?: "altogether_ft" | "coco" | "csv" | "hf_dataset" | "jsonl" | "parquet" | "webdataset";
        project: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Export"];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrInvalidOrInvalidTextOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowed"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  images_list: {
    parameters: {
      query?: {
        /** @description The user name of who wrote a caption of it. */
        annotator?: string;
        /** @description The near-duplicates of one cluster. */
        cluster?: number;
        /** @description The pagination cursor value. */
        cursor?: string;
        domain?: string;
        /** @description Only images with near-duplicates. */
        duplicates?: boolean;
        /** @description Only images flagged in a round. */
        flagged?: boolean;
        /** @description Number of results to return per page. */
        page_size?: number;
        project?: string;
        /** @description Of a caption that counts in its round, inclusive. */
        score_max?: number;
        /** @description Of a caption that counts in its round, inclusive. */
        score_min?: number;
        source?: string;
        split?: "eval" | "train";
        /** @description In an alt-text or a caption of any round. */
        text?: string;
        /** @description Those that were taken down instead. */
        withdrawn?: boolean;
        /** @description Of a caption that counts in its round, inclusive. */
        words_max?: number;
        /** @description Of a caption that counts in its round, inclusive. */
        words_min?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PaginatedImageList"];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrInvalidOrInvalidTextOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowed"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  images_retrieve: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Image"];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrInvalidOrInvalidTextOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowed"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  images_history_retrieve: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ImageHistory"];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrInvalidOrInvalidTextOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowed"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  images_pixels_retrieve: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
        size: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "image/jpeg": string;
          "image/webp": string;
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrLengthMalformedOrUnreadableImage"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPaused"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFullOrPictureNotReadyOrServiceUnavailable"];
    };
  };
  images_similar_retrieve: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Similar"];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrInvalidOrInvalidTextOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowed"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  images_withdraw_create: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["WithdrawRequest"];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Withdrawal"];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPausedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  images_embed_create: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["EmbedRequest"];
      };
    };
    responses: {
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Job"];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPausedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  imports_list: {
    parameters: {
      query?: {
        /** @description The pagination cursor value. */
        cursor?: string;
        /** @description Number of results to return per page. */
        page_size?: number;
        project?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PaginatedImportList"];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrInvalidOrInvalidTextOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowed"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  imports_create: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["NewImportRequest"];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Import"];
        };
      };
      400: components["responses"]["AddressRefusedOrBadRequestOrInvalidOrInvalidSettingsOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPausedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFullOrServiceUnavailable"];
    };
  };
  imports_retrieve: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Import"];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrInvalidOrInvalidTextOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowed"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  imports_destroy: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No response body */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      409: components["responses"]["ImportNotReady"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  imports_content_update: {
    parameters: {
      query?: {
        /** @description Where in the file the piece starts. */
        at?: number;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        "application/octet-stream": string;
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Import"];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidSettingsOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      409: components["responses"]["ImportNotReadyOrUploadOutOfStep"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFullOrServiceUnavailable"];
    };
  };
  imports_inspect_create: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        "application/json": components["schemas"]["ReadingRequest"];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Import"];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      409: components["responses"]["ImportNotReady"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  imports_rows_retrieve: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/csv": string;
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrInvalidOrInvalidTextOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowed"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  imports_start_create: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        "application/json": components["schemas"]["StartImportRequest"];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Import"];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      409: components["responses"]["ImportNotReadyOrSeveralSourcesOrSourceWithoutTexts"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  imports_formats_retrieve: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ImportFormats"];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrInvalidOrInvalidTextOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowed"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  invitations_list: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["OwnInvitation"][];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowed"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  invitations_accept_create: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No response body */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  invitations_decline_create: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No response body */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  jobs_list: {
    parameters: {
      query?: {
        /** @description The pagination cursor value. */
        cursor?: string;
        /** @description Number of results to return per page. */
        page_size?: number;
        project?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PaginatedJobList"];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrInvalidOrInvalidTextOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowed"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  jobs_retrieve: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Job"];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrInvalidOrInvalidTextOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowed"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  jobs_cancel_create: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Job"];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      409: components["responses"]["JobNotCancellable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  jobs_retry_create: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Job"];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      409: components["responses"]["JobNotCancellable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  people_list: {
    parameters: {
      query?: {
        /** @description The pagination cursor value. */
        cursor?: string;
        /** @description Number of results to return per page. */
        page_size?: number;
        /** @description A part of the name. */
        search?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PaginatedPersonList"];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrInvalidOrInvalidTextOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowed"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  people_partial_update: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        username: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        "application/json": components["schemas"]["PatchedChangePersonRequest"];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Person"];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  people_second_factor_destroy: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        username: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No response body */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  people_sessions_destroy: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        username: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No response body */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  people_sign_in_link_create: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        username: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PersonLink"];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  projects_list: {
    parameters: {
      query?: {
        /** @description The pagination cursor value. */
        cursor?: string;
        /** @description Number of results to return per page. */
        page_size?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PaginatedProjectList"];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrInvalidOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowed"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  projects_create: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["NewProjectRequest"];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Project"];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidSettingsOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  projects_retrieve: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        slug: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Project"];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowed"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  projects_partial_update: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        slug: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        "application/json": components["schemas"]["PatchedChangedProjectRequest"];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Project"];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidSettingsOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPausedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  projects_captioner_retrieve: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        slug: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ProjectCaptioner"];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPaused"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  projects_captioner_partial_update: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        slug: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        "application/json": components["schemas"]["PatchedChosenCaptionerRequest"];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ProjectCaptioner"];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidSettingsOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPausedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  cohorts_list: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        slug: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Cohort"][];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPaused"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  projects_cohorts_create: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        slug: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["NewCohortRequest"];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Cohort"];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidSettingsOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPausedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  projects_cohorts_destroy: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
        slug: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No response body */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPausedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      409: components["responses"]["CohortInUse"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  projects_guidelines_retrieve: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        slug: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Guidelines"];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPaused"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  projects_guidelines_update: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        slug: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["ChangedGuidelinesRequest"];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Guidelines"];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPausedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      409: components["responses"]["NewerTextSaved"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  projects_guidelines_pictures_create: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        slug: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "multipart/form-data": components["schemas"]["PictureUploadRequest"];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["KeptPicture"];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrLengthMalformedOrParseErrorOrUnreadableImage"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPausedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFullOrPictureNotReadyOrServiceUnavailable"];
    };
  };
  projects_guidelines_pictures_retrieve: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        sha256: string;
        slug: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "image/webp": string;
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPaused"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  projects_guidelines_seen_create: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        slug: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["SeenRequest"];
      };
    };
    responses: {
      /** @description No response body */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPausedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  projects_guidelines_versions_list: {
    parameters: {
      query?: {
        /** @description The pagination cursor value. */
        cursor?: string;
        /** @description Number of results to return per page. */
        page_size?: number;
      };
      header?: never;
      path: {
        slug: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PaginatedGuidelinesVersionList"];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrInvalidOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPaused"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  projects_guidelines_versions_retrieve: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        number: number;
        slug: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["GuidelinesText"];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPaused"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  project_invitations_list: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        slug: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Invitation"][];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPaused"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  projects_invitations_destroy: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        slug: string;
        username: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No response body */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPausedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  projects_lessons_list: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        slug: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Lesson"][];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPaused"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  projects_lessons_update: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        slug: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["ChangedLessonsRequest"];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Lesson"][];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidSettingsOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPausedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  projects_members_list: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        slug: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Member"][];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPaused"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  projects_members_create: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        slug: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["InviteRequest"];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Invited"];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidSettingsOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPausedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  projects_members_destroy: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        slug: string;
        username: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No response body */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPausedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  projects_members_partial_update: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        slug: string;
        username: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        "application/json": components["schemas"]["PatchedChangeMemberRequest"];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Member"];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidSettingsOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPausedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      409: components["responses"]["CohortInUse"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  projects_practised_create: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        slug: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No response body */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPausedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  projects_token_counts_create: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        slug: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["CountedTextRequest"];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["TokenCount"][];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPausedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  projects_webhooks_list: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        slug: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Webhook"][];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPaused"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  projects_webhooks_create: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        slug: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["NewWebhookRequest"];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["MadeWebhook"];
        };
      };
      400: components["responses"]["AddressRefusedOrBadRequestOrInvalidOrInvalidSettingsOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPausedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  projects_webhooks_destroy: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        slug: string;
        webhook: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No response body */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPausedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  projects_webhooks_partial_update: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        slug: string;
        webhook: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        "application/json": components["schemas"]["PatchedChangedWebhookRequest"];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Webhook"];
        };
      };
      400: components["responses"]["AddressRefusedOrBadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPausedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  projects_webhooks_deliveries_list: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        slug: string;
        webhook: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Delivery"][];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPaused"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  projects_webhooks_deliveries_create: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        delivery: string;
        slug: string;
        webhook: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Delivery"];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPausedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  projects_webhooks_secret_create: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        slug: string;
        webhook: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        "application/json": components["schemas"]["RenewSecretRequest"];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["MadeWebhook"];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPausedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  projects_webhooks_test_create: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        slug: string;
        webhook: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Delivery"];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPausedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  rounds_list: {
    parameters: {
      query?: {
        /** @description The pagination cursor value. */
        cursor?: string;
        /** @description Number of results to return per page. */
        page_size?: number;
        project?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PaginatedRoundList"];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrInvalidOrInvalidTextOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowed"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  rounds_create: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["NewRoundRequest"];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Round"];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidSettingsOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPausedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      409: components["responses"]["NoDraftsOrNothingToLaunchOrRoundExists"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  rounds_retrieve: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Round"];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPaused"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  rounds_adjudication_list: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Undecided"][];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPaused"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  rounds_adjudication_create: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["AdjudicateRequest"];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Adjudication"];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidSettingsOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPausedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      409: components["responses"]["AdjudicationOutdatedOrRoundClosedOrTaskNotReviewable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  rounds_agreement_retrieve: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Agreement"];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPaused"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  rounds_claim_create: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        "application/json": components["schemas"]["ClaimRequest"];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Claimed"];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPausedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      409: components["responses"]["RoundClosed"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  rounds_close_create: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Round"];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPausedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      409: components["responses"]["RoundClosed"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  rounds_closing_check_retrieve: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ClosingCheck"];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPaused"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  rounds_convergence_retrieve: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Convergence"];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPaused"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  rounds_measure_create: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Job"];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPausedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  rounds_own_progress_retrieve: {
    parameters: {
      query?: {
        /** @description What counts as today; left out: the last 24 hours. */
        since?: string;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["OwnProgress"];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrInvalidOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPaused"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  rounds_own_verdicts_list: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["WaitingCaption"][];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPaused"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  rounds_people_list: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PersonsWork"][];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPaused"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  rounds_report_retrieve: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["RoundReport"];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPaused"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  rounds_review_queue_list: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["WaitingCaption"][];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPaused"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  rounds_undo_launch_create: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No response body */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPausedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      409: components["responses"]["RoundUnderWay"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  rounds_waiting_retrieve: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["WaitingCounts"];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPaused"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  rounds_preview_create: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["NewRoundRequest"];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["LaunchPreview"];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidSettingsOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPausedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  session_retrieve: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Session"];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailed"];
      403: components["responses"]["NotAllowed"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  session_create: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["SignInRequest"];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Session"];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrSecondFactorNeeded"];
      403: components["responses"]["LinkUsedUpOrNotAllowedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  session_destroy: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No response body */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailed"];
      403: components["responses"]["NotAllowedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  session_provider_create: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["ProviderRequest"];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ProviderAddress"];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidSettingsOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailed"];
      403: components["responses"]["NotAllowedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  tasks_retrieve: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Task"];
        };
      };
      400: components["responses"]["BadRequestOrBodyNotWantedOrLengthMalformed"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPaused"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      411: components["responses"]["LengthRequired"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  tasks_flag_create: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        "application/json": components["schemas"]["ReasonRequest"];
      };
    };
    responses: {
      /** @description No response body */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPausedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      409: components["responses"]["TaskNotYours"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  tasks_release_create: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        "application/json": components["schemas"]["ReasonRequest"];
      };
    };
    responses: {
      /** @description No response body */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPausedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      409: components["responses"]["TaskNotYours"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  tasks_review_create: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["ReviewRequest"];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Task"];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidSettingsOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPausedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      409: components["responses"]["RoundClosedOrTaskNotReviewable"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  tasks_skip_create: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        "application/json": components["schemas"]["ReasonRequest"];
      };
    };
    responses: {
      /** @description No response body */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPausedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      409: components["responses"]["TaskNotYours"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  tasks_submit_create: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["SubmissionRequest"];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["SubmittedCaption"];
        };
      };
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["SubmittedCaption"];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidSettingsOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPausedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      409: components["responses"]["RoundClosedOrSubmissionReusedOrTaskNotYours"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  tasks_undo_create: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["UndoRequest"];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Task"];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPausedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      409: components["responses"]["RoundClosedOrTaskNotYours"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
  tasks_working_copy_update: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["WorkInProgressRequest"];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["SavedWorkingCopy"];
        };
      };
      400: components["responses"]["BadRequestOrInvalidOrInvalidTextOrLengthMalformedOrParseError"];
      401: components["responses"]["AuthenticationFailedOrNotAuthenticated"];
      403: components["responses"]["NotAllowedOrPausedOrPermissionDenied"];
      404: components["responses"]["NotFound"];
      406: components["responses"]["NotAcceptable"];
      409: components["responses"]["NewerTextSavedOrTaskNotYours"];
      411: components["responses"]["LengthRequired"];
      413: components["responses"]["RequestTooLarge"];
      414: components["responses"]["AddressTooLong"];
      415: components["responses"]["UnsupportedMediaType"];
      500: components["responses"]["ServerError"];
      503: components["responses"]["DatabaseAwayOrDiskFull"];
    };
  };
}
