/** How often a picture that did not come is asked for again. The server makes few at a time and says 503 to the others. */
export const RETRIES = 5;
/** As its Retry-After says, which an `<img>` does not see. */
export const RETRY_MILLISECONDS = 2000;
