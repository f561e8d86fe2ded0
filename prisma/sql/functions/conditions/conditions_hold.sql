-- Returns whether all conditions of a grant hold (bff/src/access/conditions.ts defines the terms). The only place
-- that evaluates conditions. `context` is {"user": {id, email, emailVerified}, "tenant": {id, slug}, "resource":
-- {...}}. An attribute that is missing, null, unknown or of another type than the operator needs makes its term
-- false, also under the negative operators. The addresses of users are compared by their keys, which are in lower case;
-- those of a resource are in its "@emailKeys" (bff/src/access/resource.ts).
CREATE OR REPLACE FUNCTION conditions_hold(conditions jsonb, context jsonb) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  term jsonb;
  by_key boolean;
  source jsonb;
  have jsonb;
  want jsonb;
  have_type text;
  want_type text;
  term_met boolean;
BEGIN
  IF conditions IS NULL THEN RETURN true; END IF;
  IF jsonb_typeof(conditions) <> 'array' THEN RETURN false; END IF;
  IF jsonb_array_length(conditions) = 0 THEN RETURN false; END IF;
  FOR term IN SELECT jsonb_array_elements(conditions) LOOP
    by_key := 'user.email' IN (term ->> 'attribute', term #>> '{value,attribute}');
    source := CASE WHEN by_key AND context #> '{resource,@emailKeys}' IS NOT NULL
      THEN jsonb_set(context, '{resource}', context #> '{resource,@emailKeys}') ELSE context END;
    have := source #> string_to_array(term ->> 'attribute', '.');
    want := term -> 'value';
    IF jsonb_typeof(want) = 'object' THEN
      want := source #> string_to_array(want ->> 'attribute', '.');
    END IF;
    IF by_key THEN
      have := lower(have::text)::jsonb;
      want := lower(want::text)::jsonb;
    END IF;
    have_type := jsonb_typeof(have);
    want_type := jsonb_typeof(want);
    term_met := CASE term ->> 'operator'
      WHEN 'equals' THEN have_type = want_type AND have_type IN ('string', 'number', 'boolean') AND have = want
      WHEN 'notEquals' THEN have_type = want_type AND have_type IN ('string', 'number', 'boolean') AND have <> want
      WHEN 'in' THEN want_type = 'array' AND have_type IN ('string', 'number', 'boolean') AND want @> have
      WHEN 'notIn' THEN want_type = 'array' AND have_type IN ('string', 'number', 'boolean') AND NOT want @> have
        AND NOT jsonb_path_exists(want, '$[*] ? (@.type() != $kind)', jsonb_build_object('kind', have_type))
      WHEN 'contains' THEN
        CASE
          WHEN have_type = 'array' THEN want_type IN ('string', 'number', 'boolean') AND have @> want
          ELSE have_type = 'string' AND want_type = 'string' AND strpos(have #>> '{}', want #>> '{}') > 0
        END
      ELSE
        CASE
          WHEN have_type = 'number' AND want_type = 'number' THEN
            CASE term ->> 'operator'
              WHEN 'lessThan' THEN have < want WHEN 'atMost' THEN have <= want
              WHEN 'greaterThan' THEN have > want WHEN 'atLeast' THEN have >= want
            END
          WHEN have_type = 'string' AND want_type = 'string' THEN
            CASE term ->> 'operator'
              WHEN 'lessThan' THEN (have #>> '{}') COLLATE "C" < (want #>> '{}')
              WHEN 'atMost' THEN (have #>> '{}') COLLATE "C" <= (want #>> '{}')
              WHEN 'greaterThan' THEN (have #>> '{}') COLLATE "C" > (want #>> '{}')
              WHEN 'atLeast' THEN (have #>> '{}') COLLATE "C" >= (want #>> '{}')
            END
        END
    END;
    IF term_met IS NOT TRUE THEN RETURN false; END IF;
  END LOOP;
  RETURN true;
END $$;
GRANT EXECUTE ON FUNCTION conditions_hold(jsonb, jsonb) TO rolecall_server, rolecall_access;
