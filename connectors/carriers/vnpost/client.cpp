#include "connectors/carriers/vnpost/client.h"

#include <utility>

#include "base/time_text.h"
#include "connectors/carriers/options.h"
#include "connectors/carriers/vnpost/errors.h"
#include "connectors/carriers/vnpost/signature.h"
#include "connectors/common/uri.h"

namespace connectors::carriers::vnpost {

namespace {

using base::Error;
using base::ErrorCode;
using common::Json;
using common::json_string;

constexpr const char* kBaseUrl = "https://connect-my.vnpost.vn";

JsonClientSetup setup_of(const Options& options) {
  JsonClientSetup setup;
  setup.carrier = "VNPost";
  setup.rest = options.rest;
  setup.rate = options.rate;
  setup.token_header = "token";
  setup.token_life = options.token_life;
  setup.judge = judge;
  return setup;
}

// dd-MM-yyyy, local
std::string day(base::Instant at) {
  const auto iso = base::local_date(at);
  return iso.substr(8, 2) + "-" + iso.substr(5, 2) + "-" + iso.substr(0, 4);
}

}  // namespace

base::Result<Options> read_options(const Settings& settings) {
  constexpr std::int64_t kTokenMinutes = 60;
  constexpr std::int64_t kTokenMinutesMax = 7 * 24 * 60;
  OptionReader reader{settings};
  Options out;
  out.username = reader.required("username");
  out.password = reader.required("password");
  out.contract.customer_code = reader.required("customer_code");
  out.contract.contract_code = reader.text("contract_code");
  out.contract.service = reader.text("service", "CTN009");
  out.path_prefix = reader.text("path_prefix");
  out.public_key = reader.text("public_key");
  out.token_life =
      std::chrono::minutes{reader.number("token_minutes", kTokenMinutes, 1, kTokenMinutesMax)};
  out.rest = reader.rest(kBaseUrl);
  out.rate = reader.rate();
  const auto scale = reader.text("status_scale", "29");
  out.scale = scale == "100" ? Scale::to_100 : Scale::to_29;
  if (scale != "29" && scale != "100") reader.complain("status_scale", "must be 29 or 100");
  if (!out.path_prefix.empty() && !out.path_prefix.starts_with('/')) {
    reader.complain("path_prefix", "must start with /");
  }
  if (!out.public_key.empty() && !is_public_key(out.public_key)) {
    reader.complain("public_key", "must be an RSA key of at least 2048 bits");
  }
  if (reader.problem()) return *reader.problem();
  return out;
}

Client::Client(const Options& options, const Environment& environment,
               std::shared_ptr<common::Transport> wire)
    : options_(options),
      json_(
          setup_of(options), environment, [this](JsonClient& json) { return sign_in(json); },
          std::move(wire)) {}

std::string Client::path(std::string_view bare) const {
  return options_.path_prefix + std::string{bare};
}

base::Result<std::string> Client::sign_in(JsonClient& json) const {
  auto call = json_post(
      path("/GetAccessToken"),
      common::json_object({{"username", json_string(options_.username)},
                           {"password", json_string(options_.password)},
                           {"customerCode", json_string(options_.contract.customer_code)}}),
      Nature::write_again);
  call.kind = common::CallKind::token;
  const auto answer = json.ask_open(call);
  if (!answer) return answer.error();
  auto token = common::text(answer.value(), "token");
  if (token.empty()) {
    return Error{ErrorCode::protocol, "VNPost: the answer holds no token", {}, {}};
  }
  return token;
}

base::Result<Json> Client::place_list(const std::string& list) {
  return json_.ask(json_get(path(list)));
}

base::Result<Json> Client::charges(const Json& body) {
  return json_.ask(json_post(path("/ServicesCharge"), body, Nature::read));
}

base::Result<Json> Client::create(const Json& body) {
  return json_.ask(json_post(path("/CreateOrder"), body, Nature::write_once));
}

base::Result<Json> Client::cancel(const std::string& remote_id) {
  return json_.ask(json_post(path("/orderCancel"),
                             common::json_object({{"OriginalId", json_string(remote_id)}}),
                             Nature::write_again));
}

base::Result<Json> Client::order(const std::string& tracking_no) {
  common::Query query;
  query.add("type", "1").add("code", tracking_no);
  return json_.ask(json_get(query.append_to(path("/getOrder"))));
}

base::Result<Json> Client::orders(base::Instant from, base::Instant to, std::size_t page) {
  common::Query query;
  query.add("lastUpdateFrom", day(from)).add("lastUpdateTo", day(to));
  query.add("type", "GUI").add("isInternational", "false");
  query.add("size", static_cast<long long>(kPageRows)).add("page", static_cast<long long>(page));
  return json_.ask(json_get(query.append_to(path("/GetListOrder"))));
}

base::Result<Json> Client::history(const std::string& tracking_no) {
  common::Query query;
  query.add("type", "1").add("code", tracking_no);
  return json_.ask(json_get(query.append_to(path("/GetStatusHistoryOrder"))));
}

base::Result<Json> Client::labels(const std::string& tracking_no) {
  return json_.ask(json_post(path("/exportListReport"),
                             common::json_array({json_string(tracking_no)}), Nature::read));
}

}  // namespace connectors::carriers::vnpost
