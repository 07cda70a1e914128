"""What becomes of the questions of one who leaves: a closed account, another unit, a team left behind."""

import pgtrigger

# The permission is locked before the question, as everywhere: a withdrawal at the same moment comes first or
# waits. A question whose permission has run out stays as it is, for nobody may answer it any more.
_GO_BACK = """
    PERFORM FROM network_consent WHERE id IN (
        SELECT consent_id FROM network_consultation
        WHERE status = 'picked_up' AND picked_up_by_id = {worker}
    ) ORDER BY id FOR SHARE;
    UPDATE network_consultation AS question
        SET status = 'asked', picked_up_at = NULL, picked_up_by_id = NULL, left_waiting_at = now()
        FROM network_consent AS permission
        WHERE permission.id = question.consent_id
          AND question.status = 'picked_up' AND question.picked_up_by_id = {worker}
          AND permission.worker_id IS NULL
          AND permission.withdrawn_at IS NULL
          AND permission.given_at <= clock_timestamp() + interval '1 minute'
          AND (permission.valid_until IS NULL OR permission.valid_until > clock_timestamp())
          AND NOT EXISTS (
              SELECT FROM network_worker AS worker
              WHERE worker.id = {worker} AND worker.is_active
                AND NOT worker.is_coordinator AND NOT worker.is_administrator
                AND (worker.unit_id = permission.unit_id
                     OR EXISTS (SELECT FROM network_team_members
                                WHERE team_id = permission.team_id AND worker_id = worker.id))
          );
"""

_NOBODY_ELSE = """
    IF NOT NEW.is_active OR NEW.is_coordinator OR NEW.is_administrator THEN
        UPDATE network_consultation AS question SET left_waiting_at = now()
            FROM network_consent AS permission
            WHERE permission.id = question.consent_id AND permission.worker_id = NEW.id
              AND question.status IN ('asked', 'picked_up');
    END IF;
"""

WORKER_LEAVES = pgtrigger.Trigger(
    name="worker_leaves_questions",
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf("is_active", "is_coordinator", "is_administrator", "unit_id"),
    condition=pgtrigger.AnyChange("is_active", "is_coordinator", "is_administrator", "unit_id"),
    func=_GO_BACK.format(worker="NEW.id") + _NOBODY_ELSE + "RETURN NULL;",
)
MEMBER_LEAVES = pgtrigger.Trigger(
    name="team_member_leaves_questions",
    when=pgtrigger.After,
    operation=pgtrigger.Delete | pgtrigger.UpdateOf("worker_id", "team_id"),
    func=_GO_BACK.format(worker="OLD.worker_id") + "RETURN NULL;",
)
