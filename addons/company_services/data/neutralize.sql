-- A copy of a database is another database: with an identity of its own the stores refuse what it
-- sends, instead of letting it overwrite what the original has published.
UPDATE ir_config_parameter
   SET value = gen_random_uuid()::text
 WHERE key = 'database.uuid';
-- What was under way stays with the original.
UPDATE ai_tenant
   SET publish_state = CASE publish_state WHEN 'draft' THEN 'draft' ELSE 'to_publish' END,
       publish_error = NULL,
       moving_to = 0,
       leaving_account_id = 0,
       leaving_since = NULL,
       taking_over = false,
       taking_over_from = NULL;
-- Nor has the copy published or stored anything itself.
UPDATE ai_knowledge_binding
   SET state = 'to_index',
       claim = NULL,
       content_hash = NULL,
       points = 0,
       synced_at = NULL
 WHERE state IN ('indexing', 'indexed');
UPDATE ai_sync_report
   SET state = 'failed',
       ended_at = now() AT TIME ZONE 'UTC'
 WHERE state = 'running';
UPDATE queue_job
   SET state = 'cancelled',
       date_cancelled = now() AT TIME ZONE 'UTC'
 WHERE (model_name IN ('ai.tenant', 'ai.sync.report') OR model_name LIKE 'ai.knowledge.%')
   AND state IN ('wait_dependencies', 'pending', 'enqueued', 'started');
