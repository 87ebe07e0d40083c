#pragma once
// One call as a handler sees it, and the envelope it answers with.
//
// A business parameter is looked for in the JSON body, then in the query, because both are read
// alike. Lists arrive as repeated keys, joined by commas or in brackets.
// Errors: `fail(code, message)`; success has `error` "". Threads: values.
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sandbox/wire/json.h"
#include "sandbox/wire/multipart.h"
#include "server/http/server.h"

namespace sandbox::shopee {

using wire::Json;
using wire::object;

struct Call {
  std::string path;  // as received, percent escapes kept
  std::vector<std::pair<std::string, std::string>> query;
  Json body;
  bool body_broken = false;  // bytes were sent that are no JSON object
  bool body_empty = true;
  std::vector<wire::Part> parts;
  std::string host;
  std::string probe_problem;  // what the test push met, for push/set_app_push_config

  std::string in_query(const std::string& name) const;  // the first, "" when absent
  bool has(const char* name) const;
  std::string text(const char* name) const;
  std::optional<std::int64_t> integer(const char* name) const;
  std::vector<std::string> texts(const char* name) const;
  std::vector<std::int64_t> integers(const char* name) const;
};

Call read_call(const server::http::Request& request);

struct Reply {
  int status = 200;
  Json body = Json::object();
  std::string error;  // the code in the body, for the count of calls
  std::string bytes;  // not JSON: sent as `content_type`
  std::string content_type;
  std::string location;  // a redirect
};

Reply ok(Json response);
Reply done();                   // the bare envelope
Reply top_level(Json members);  // members beside `error`, not under `response`
Reply fail(const std::string& error, const std::string& message);
Reply fail(const std::string& error, const std::string& message, Json response);
Reply wrong_parameter(const std::string& detail);  // order and logistics style
Reply invalid_field(const std::string& detail);    // product style
Reply redirect(const std::string& where);

}  // namespace sandbox::shopee
