/** What the front end's code is checked for. */
import js from "@eslint/js";
import prettier from "eslint-config-prettier";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import globals from "globals";
import tseslint from "typescript-eslint";

/** What people read comes from the message catalogues, so that a translation is a file. Names are not translated. */
const NAME = String.raw`[value=/^\s*(Altogether|[\w-]+\.\w+|https:\u002F\u002F)\s*$/]`;
const WORDS = String.raw`[value=/\p{L}{2}/u]:not(${NAME})`;
const WORDS_IN_CODE = [
  `JSXText${WORDS}`,
  `JSXAttribute[name.name=/^(aria-label|aria-description|title|placeholder|alt|label)$/] > Literal${WORDS}`,
].map((selector) => ({ selector, message: "Words for people belong into src/i18n/catalogues." }));

/** What a call takes is said once, by the server. */
const BOUNDS = [
  "JSXAttribute[name.name='maxLength'] Literal",
  "JSXOpeningElement[name.name='NumberField'] > JSXAttribute[name.name=/^(min|max)$/] Literal",
].map((selector) => ({
  selector,
  message: "Bounds come from api/request_options.ts: {...BOUNDS.XRequest.field}.",
}));

/** The server says 503 while it makes a picture. */
const PLAIN_PICTURE = {
  selector: "JSXOpeningElement[name.name='img']",
  message: "Use ui/Picture.tsx, which asks again for a picture that is being made.",
};

export default tseslint.config(
  { ignores: ["dist/", "src/api/schema.d.ts"] },
  js.configs.recommended,
  {
    files: ["**/*.{ts,tsx}"],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "max-lines": ["error", { max: 300, skipBlankLines: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ["**/*.tsx"],
    extends: [jsxA11y.flatConfigs.strict, reactHooks.configs.flat["recommended-latest"]],
    rules: {
      "max-lines": ["error", { max: 200, skipBlankLines: true }],
      "no-restricted-syntax": ["error", ...WORDS_IN_CODE, ...BOUNDS, PLAIN_PICTURE],
      "no-restricted-imports": [
        "error",
        {
          name: "react",
          importNames: ["lazy", "Suspense"],
          message: "React holds a fallback for 300 ms: see ui/fetched.tsx.",
        },
      ],
    },
  },
  { files: ["tests/**/*.tsx"], rules: { "no-restricted-syntax": "off" } },
  { files: ["scripts/**/*.mjs", "*.js"], languageOptions: { globals: globals.node } },
  prettier,
);
