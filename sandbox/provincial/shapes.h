#pragma once
// What every part of the simulated store shares: one call, one answer, the JSON shapes of
// WooCommerce 9.3.3 member for member, and the way PHP writes JSON. Threads: values.
#include <cpprest/json.h>

#include <map>
#include <string>
#include <vector>

#include "base/clock.h"
#include "server/http/server.h"

namespace sandbox::provincial {

using Json = web::json::value;

inline constexpr std::string_view kApi = "/wc/v3";

// One call after its address was read. `site` is the store's own address: "http://127.0.0.1:18081".
struct Call {
  std::string method;
  std::string site;
  std::string route;                                       // "/wc/v3/products/12"
  std::vector<std::pair<std::string, std::string>> query;  // decoded, in order
  std::map<std::string, std::string> params;               // the same by name, last one wins
  Json body;
};

struct Answer {
  int status = 200;
  Json body = Json::object();
  server::http::Headers headers = {};

  bool refused() const { return status >= 400; }
};

// {"code","message","data":{"status"}}
Answer refusal(int status, const std::string& code, const std::string& message);
// "Invalid parameter(s): per_page", with the reason in params and details.
Answer bad_param(const std::string& name, const std::string& code, const std::string& message);
Answer no_route();

Json blank_product();
Json blank_variation();
Json blank_order();
Json blank_tag();
Json blank_category();
// {"self":[{"href"}],"collection":[{"href"}]}
Json links(const std::string& collection, const std::string& id);

std::string gmt(base::Instant at);             // 2026-11-22T01:28:57
std::string local(base::Instant at);           // 2026-11-22T08:28:57
std::string slug_of(const std::string& name);  // "Trái cây" -> "trai-cay"

// As json_encode() prints: "/" as "\/", everything beyond ASCII as \uXXXX.
std::string php_json(const Json& body);

}  // namespace sandbox::provincial
