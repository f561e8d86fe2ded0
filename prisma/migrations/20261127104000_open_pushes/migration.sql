-- What waits or failed is counted at every scrape of the metrics; nearly all rows are done.
CREATE INDEX identity_push_open ON identity_push (status, requested_at) WHERE status <> 'done';
