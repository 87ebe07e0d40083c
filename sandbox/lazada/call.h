#pragma once
// One call as a handler sees it: its path without /rest, the union of its parameters, its files;
// and the envelopes it answers with. `code` is always a JSON string. Threads: values.
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sandbox/lazada/lazada.h"
#include "sandbox/wire/json.h"
#include "sandbox/wire/multipart.h"
#include "server/http/server.h"

namespace sandbox::lazada {

using wire::Json;
using wire::object;

struct Call {
  std::string path;
  std::vector<std::pair<std::string, std::string>> parameters;  // each name once
  std::vector<wire::Part> files;
  std::string host;     // as the caller names this server
  bool broken = false;  // a body that does not read as its media type says

  bool has(const std::string& name) const;
  std::string text(const std::string& name) const;
  std::optional<std::int64_t> integer(const std::string& name) const;
  // "[1, 2]" or "1,2"
  std::vector<std::int64_t> integers(const std::string& name) const;
  std::vector<std::string> texts(const std::string& name) const;
};

Call read_call(const server::http::Request& request);

struct Reply {
  int status = 200;
  Json body = Json::object(true);
  std::string code = "0";
  std::string location;
  std::string content_type;  // not empty: `raw` goes out as it is, for pages and files
  std::string raw;
};

Reply data(Json payload);        // {"data":…,"code":"0"}
Reply flat(Json members);        // members at top level
Reply result(Json data_member);  // {"result":{"success":true,"data":…},"code":"0"}
Reply fail(const std::string& type, const std::string& code, const std::string& message);
Reply fail(const std::string& type, const std::string& code, const std::string& message,
           std::vector<Json> detail);
Reply missing(const std::string& parameter);
Reply redirect(const std::string& where);

// The same answer under other rules: codes as numbers, camelCase inside `result`, all as text.
Json dressed(const Reply& reply, const LazadaRules& rules);

// "2026-11-20 08:14:05 +0700", the form that real answers have.
std::string stamp(std::int64_t unix_ms);
std::string money(std::int64_t amount);  // "370000.00"

}  // namespace sandbox::lazada
