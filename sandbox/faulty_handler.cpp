#include "sandbox/faulty_handler.h"

#include "sandbox/json_tools.h"

namespace sandbox {
namespace {

using server::http::Request;
using server::http::Response;
using server::http::Wire;
using web::json::value;

constexpr const char* kHtml =
    "<!DOCTYPE html><html><head><title>Service temporarily unavailable</title></head>"
    "<body><h1>Service temporarily unavailable</h1></body></html>";

bool reaches_channel(const Fault& fault) {
  return fault.effect_first() || fault.kind == "delay" || fault.kind == "status_after";
}

Response spoil(Response response, const Fault& fault) {
  response.delay = fault.delay;
  if (fault.kind == "status" || fault.kind == "status_after") {
    response.status = fault.status;
    response.body = fault.body;
    constexpr int kTooManyRequests = 429;
    constexpr int kUnavailable = 503;
    if (fault.status == kTooManyRequests || fault.status == kUnavailable) {
      response.headers.emplace_back("Retry-After", "1");
    }
  } else if (fault.kind == "html") {
    response.status = fault.status;
    response.content_type = "text/html; charset=utf-8";
    response.body = fault.body.empty() ? kHtml : fault.body;
  } else if (fault.kind == "truncated") {
    response.wire = Wire::truncated;
  } else if (fault.kind != "delay") {  // drop and both time-outs: silence, then a closed connection
    response.wire = Wire::drop;
  }
  return response;
}

// A store without permalinks is called by its query alone.
std::string fault_path(const Request& request) {
  const bool routed = request.query.find("rest_route=") != std::string::npos;
  return routed ? server::http::percent_decode(request.target, true) : request.path;
}

void add_counts(value& sums, const value& more) {
  for (const auto& [name, count] : more.as_object()) {
    sums[name] = jn(integer_in(sums, name).value_or(0) + count.as_number().to_int64());
  }
}

}  // namespace

server::http::Handler with_faults(Channel& channel, Context& context, CallLog* unserved) {
  return [&channel, &context, unserved](const Request& request) {
    channel.tick();
    const auto path = fault_path(request);
    const auto fault = context.faults.next(channel.name(), path, context.dice);
    if (!fault) return channel.handle(request);
    if (reaches_channel(*fault)) return spoil(channel.handle(request), *fault);
    if (unserved != nullptr) {
      unserved->record(context.clock.now(), path, CallLog::Kind::read, fault->status);
    }
    return spoil({}, *fault);
  };
}

void add_unserved(value& calls, const CallLog& unserved) {
  const auto more = unserved.to_json();
  const auto kept_away = more.at("total").as_number().to_int64();
  calls["faulted"] = jn(kept_away);
  calls["total"] = jn(integer_in(calls, "total").value_or(0) + kept_away);
  for (const char* by : {"by_second", "by_path"}) add_counts(calls[by], more.at(by));
}

}  // namespace sandbox
