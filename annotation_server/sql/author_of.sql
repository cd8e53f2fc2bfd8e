-- Whose caption it is that a reviewer's fix goes back to: what a later level says of the fix is for that person to read.
CREATE FUNCTION author_of(p_caption bigint) RETURNS bigint LANGUAGE sql STABLE AS $$
    WITH RECURSIVE line AS (
        SELECT id, annotator_id, 0 AS step FROM caption WHERE id = p_caption
        UNION ALL
        SELECT caption.id, caption.annotator_id, step + 1
        FROM line JOIN review ON review.fixed_caption_id = line.id JOIN caption ON caption.id = review.caption_id
    )
    SELECT annotator_id FROM line ORDER BY step DESC LIMIT 1
$$;
