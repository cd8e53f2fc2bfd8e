"""The claim as one function: its plans are kept by the connection, and each look is at what is committed by then.

What the caller already holds comes first, then what came back to them from review, then fresh tasks from their bookmark on,
then fresh ones before it (given back since), then tasks whose lease ran out in another's hands. Rows that somebody else's
claim is looking at are skipped, not waited for. Of two slots of one image only the first is given.

Fresh tasks are found by walking the index in the round's order. The planner must not be tempted to sort a whole round
because it cannot know how many are asked for: hence the settings.
"""

from django.db import migrations

# A working copy tells that the person held another slot of the image once: its text may still come in. Written as ARRAY(…),
# which is looked up image by image; NOT EXISTS may become a join with everything the person did.
FREE = """task.previous_annotator_id IS DISTINCT FROM p_annotator
          AND p_annotator <> ALL (ARRAY(
              SELECT working_copy.annotator_id FROM task AS other
              JOIN working_copy ON working_copy.task_id = other.id AND working_copy.annotator_id = p_annotator
              WHERE other.round_id = p_round AND other.image_id = task.image_id AND other.id <> task.id))
          AND p_annotator <> ALL (ARRAY(
              SELECT skip.annotator_id FROM task AS passed
              JOIN skip ON skip.task_id = passed.id AND skip.annotator_id = p_annotator
              WHERE passed.round_id = p_round AND passed.image_id = task.image_id))"""

CLAIM = """
CREATE FUNCTION claim_tasks(p_round bigint, p_annotator bigint, p_count integer, OUT refusal text, OUT ids bigint[])
LANGUAGE plpgsql
SET enable_sort = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off SET jit = off
AS $$
DECLARE
    lease interval;
    bookmark bigint;
    needed integer;
    found bigint[];
BEGIN
    SELECT make_interval(mins => round.lease_minutes),
        CASE WHEN round.state <> 'open' THEN 'closed' WHEN membership.paused_at IS NOT NULL THEN 'paused' END
        INTO lease, refusal
        FROM round LEFT JOIN membership
            ON membership.project_id = round.project_id AND membership.user_id = p_annotator
        WHERE round.id = p_round;
    IF lease IS NULL OR refusal IS NOT NULL THEN
        refusal := coalesce(refusal, 'closed');
        RETURN;
    END IF;

    INSERT INTO claim_bookmark (round_id, annotator_id) VALUES (p_round, p_annotator)
        ON CONFLICT (round_id, annotator_id) DO NOTHING;
    SELECT position INTO bookmark FROM claim_bookmark
        WHERE round_id = p_round AND annotator_id = p_annotator FOR UPDATE;

    ids := ARRAY(
        SELECT id FROM task
        WHERE round_id = p_round AND annotator_id = p_annotator AND state = 'claimed'
        ORDER BY position LIMIT p_count FOR UPDATE);
    needed := p_count - cardinality(ids);
    IF needed > 0 THEN
        ids := ids || ARRAY(
            SELECT id FROM task
            WHERE round_id = p_round AND annotator_id = p_annotator AND state = 'returned'
            ORDER BY position LIMIT needed FOR UPDATE SKIP LOCKED);
        needed := p_count - cardinality(ids);
    END IF;
    IF needed > 0 THEN
        found := ARRAY(
            SELECT id FROM task
            WHERE round_id = p_round AND state = 'pending' AND position > bookmark AND {free}
            ORDER BY position LIMIT needed FOR UPDATE SKIP LOCKED);
        IF cardinality(found) < needed AND bookmark > 0 THEN
            found := found || ARRAY(
                SELECT id FROM task
                WHERE round_id = p_round AND state = 'pending' AND position <= bookmark AND {free}
                ORDER BY position LIMIT needed - cardinality(found) FOR UPDATE SKIP LOCKED);
        END IF;
        IF cardinality(found) < needed THEN
            found := found || ARRAY(
                SELECT id FROM task
                WHERE round_id = p_round AND state = 'claimed' AND lease_expires_at < statement_timestamp()
                    AND annotator_id <> p_annotator AND {free}
                ORDER BY lease_expires_at LIMIT needed - cardinality(found) FOR UPDATE SKIP LOCKED);
        END IF;
        IF cardinality(found) > 1 THEN
            found := ARRAY(
                SELECT found[min(turn)]
                FROM unnest(found) WITH ORDINALITY AS one (id, turn) JOIN task ON task.id = one.id
                GROUP BY task.image_id ORDER BY min(turn));
        END IF;
        SELECT greatest(max(position), 0) INTO bookmark FROM task WHERE id = ANY (found) AND state = 'pending';
        UPDATE claim_bookmark SET position = bookmark
            WHERE round_id = p_round AND annotator_id = p_annotator AND bookmark > 0;
        ids := ids || found;
    END IF;

    UPDATE task SET state = 'claimed', annotator_id = p_annotator, lease_expires_at = statement_timestamp() + lease
        WHERE id = ANY (ids);
    INSERT INTO working_copy (task_id, annotator_id, text)
        SELECT id, p_annotator, starting_text FROM task WHERE id = ANY (ids)
        ON CONFLICT (task_id, annotator_id) DO NOTHING;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("annotation_server", "0003_claim_bookmark")]

    operations = [
        migrations.RunSQL(
            CLAIM.replace("{free}", FREE), reverse_sql="DROP FUNCTION claim_tasks(bigint, bigint, integer)"
        )
    ]
