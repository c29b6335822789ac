-- One round of the bench in wrk: `wrk ... -s wrk.lua URL -- METHOD RUN ROWS [BODY]`. RUN makes the words of this round its own; a POST
-- has an idempotency key for each request, and a word of its own for each UNIQUE-WORD in its body. With ROWS, a GET reads one after the
-- other of so many: UNIQUE-WORD in its path is RUN and a number.
local method, run, rows, body
local sent = 0

function init(args)
  method, run, rows, body = args[1], args[2], tonumber(args[3]), args[4] or "{}"
  if method == "POST" then wrk.headers["content-type"] = "application/json" end
end

function request()
  sent = sent + 1
  if method == "GET" then
    if rows == 0 then return wrk.format("GET") end
    -- A prime, so that neighbours in time are none in the table.
    local id = run .. string.format("%012x", sent * 7919 % rows + 1)
    return wrk.format("GET", (wrk.path:gsub("UNIQUE%-WORD", id)))
  end
  local word = string.format("%s-0000-4000-8000-%012x", run, sent)
  wrk.headers["idempotency-key"] = word
  return wrk.format(method, nil, nil, (body:gsub("UNIQUE%-WORD", word)))
end

function done(summary, latency)
  local errors = summary.errors
  local failures = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  local answered = summary.requests - errors.status
  io.write(string.format(
    '{"requests":%d,"requestsPerSecond":%.3f,"p50Ms":%.1f,"p99Ms":%.1f,"failures":%d}\n',
    answered, answered / (summary.duration / 1e6), latency:percentile(50) / 1000, latency:percentile(99) / 1000, failures))
end
