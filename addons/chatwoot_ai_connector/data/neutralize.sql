-- A copy of a database answers no customer: it calls no Chatwoot and has no webhook address.
UPDATE chatwoot_account
   SET active = false,
       bot_token = NULL,
       user_token = NULL,
       webhook_secret = NULL,
       account_webhook_secret = NULL,
       route_token = NULL;
-- Nor does it ask anybody's language model.
UPDATE chatwoot_account_model
   SET active = false,
       api_key = NULL;
-- What was under way stays with the original.
UPDATE chatwoot_turn_part
   SET state = 'failed'
 WHERE state IN ('to_send', 'sending');
UPDATE chatwoot_turn
   SET state = 'ignored',
       ignored_reason = 'bot_disabled',
       finished_at = now() AT TIME ZONE 'UTC'
 WHERE state IN ('prepared', 'dispatched', 'answered', 'delivering');
UPDATE chatwoot_request
   SET state = 'expired'
 WHERE state IN ('waiting', 'approved');
UPDATE chatwoot_request
   SET told = 'failed'
 WHERE told IS NULL;
UPDATE chatwoot_conversation
   SET due_at = NULL,
       first_waiting_at = NULL
 WHERE due_at IS NOT NULL;
UPDATE chatwoot_intake
   SET processed_at = now() AT TIME ZONE 'UTC',
       payload = NULL
 WHERE processed_at IS NULL;
UPDATE queue_job
   SET state = 'cancelled',
       date_cancelled = now() AT TIME ZONE 'UTC'
 WHERE model_name LIKE 'chatwoot.%'
   AND state IN ('wait_dependencies', 'pending', 'enqueued', 'started');
