#include "connectors/carriers/viettelpost/client.h"

#include <utility>

#include "connectors/carriers/options.h"
#include "connectors/carriers/viettelpost/errors.h"
#include "connectors/common/rest_errors.h"
#include "connectors/common/uri.h"

namespace connectors::carriers::viettelpost {

namespace {

using base::Error;
using base::ErrorCode;
using common::Json;
using namespace std::chrono_literals;

constexpr const char* kBaseUrl = "https://partner.viettelpost.vn";
constexpr const char* kPrintUrl = "https://digitalize.viettelpost.vn";
constexpr auto kPrintCodeLife = 30min;
// The long token lives for about a year; it is renewed long before.
constexpr auto kTokenLife = std::chrono::hours{30 * 24};

JsonClientSetup setup_of(const Options& options) {
  JsonClientSetup setup;
  setup.carrier = "Viettel Post";
  setup.rest = options.rest;
  setup.rate = options.rate;
  setup.token_header = "Token";
  setup.fixed_token = options.token;
  setup.token_life = kTokenLife;
  setup.judge = judge;
  return setup;
}

common::RestClient print_client(const Options& options,
                                const std::shared_ptr<common::Transport>& wire) {
  auto config = options.rest;
  config.base_url = options.print_url;
  if (wire == nullptr) return common::RestClient{config};
  return common::RestClient{std::move(config), wire};
}

}  // namespace

base::Result<Options> read_options(const Settings& settings) {
  OptionReader reader{settings};
  Options out;
  out.token = reader.text("token");
  if (out.token.empty()) {
    out.username = reader.required("username");
    out.password = reader.required("password");
  }
  out.webhook_token = reader.text("webhook_token");
  out.rest = reader.rest(kBaseUrl);
  out.rate = reader.rate();
  out.print_url = reader.text("print_url", kPrintUrl);
  while (out.print_url.ends_with('/')) out.print_url.pop_back();
  out.label_type = reader.text("label_type", "2");
  out.defaults.service = reader.text("service", "VCN");
  out.defaults.group_address_id = reader.text("group_address_id");
  if (out.label_type != "1" && out.label_type != "2" && out.label_type != "100") {
    reader.complain("label_type", "must be 1 (A5), 2 (A6) or 100 (A7)");
  }
  if (reader.problem()) return *reader.problem();
  return out;
}

Client::Client(const Options& options, const Environment& environment,
               const std::shared_ptr<common::Transport>& wire)
    : options_(options),
      environment_(environment),
      json_(
          setup_of(options), environment, [this](JsonClient& json) { return sign_in(json); }, wire),
      print_(print_client(options, wire)) {}

base::Status Client::check() const {
  if (auto usable = json_.check(); !usable) return usable;
  return print_.check();
}

// The short token of Login buys the long one of ownerconnect, with the same body.
base::Result<std::string> Client::sign_in(JsonClient& json) const {
  const auto body = common::json_object({{"USERNAME", common::json_string(options_.username)},
                                         {"PASSWORD", common::json_string(options_.password)}});
  std::string token;
  for (const char* path : {"/v2/user/Login", "/v2/user/ownerconnect"}) {
    auto call = json_post(path, body, Nature::write_again);
    call.kind = common::CallKind::token;
    const auto answer = json.ask_open(call, token);
    if (!answer) return answer.error();
    token = common::text_at(answer.value(), "data", "token");
    if (token.empty()) {
      return Error{ErrorCode::protocol, "Viettel Post: the answer holds no token", {}, {}};
    }
  }
  return token;
}

base::Result<Json> Client::stores() {
  auto call = json_get("/v2/user/listInventory");
  call.kind = common::CallKind::probe;
  return json_.ask(call);
}

base::Result<Json> Client::place_list(const std::string& path) {
  return json_.ask(json_get(path));
}

base::Result<Json> Client::price(const Json& body) {
  return json_.ask(json_post("/v2/order/getPrice", body, Nature::read));
}

base::Result<Json> Client::prices(const Json& body) {
  return json_.ask(json_post("/v2/order/getPriceAll", body, Nature::read));
}

base::Result<Json> Client::create(const Json& body) {
  return json_.ask(json_post("/v2/order/createOrder", body, Nature::write_once));
}

base::Result<Json> Client::cancel(const Json& body) {
  return json_.ask(json_post("/v2/order/UpdateOrder", body, Nature::write_again));
}

base::Result<Json> Client::repeat_hook(const std::string& tracking_no) {
  common::Query query;
  query.add("oid", tracking_no).add("mes", "resend");
  auto call = json_get(query.append_to("/v2/order/registerOrderHook"));
  call.nature = Nature::write_again;
  call.kind = common::CallKind::write;
  return json_.ask(call);
}

base::Result<Label> Client::label(const std::string& tracking_no) {
  const auto end = base::to_unix_ms(environment_.clock.now() + kPrintCodeLife);
  const auto code = json_.ask(
      json_post("/v2/order/printing-code",
                common::json_object(
                    {{"EXPIRY_TIME", common::json_number(end)},
                     {"ORDER_ARRAY", common::json_array({common::json_string(tracking_no)})}}),
                Nature::read));
  if (!code) return code.error();
  common::Query query;
  query.add("type", options_.label_type)
      .add("bill", common::text(code.value(), "message"))
      .add("showPostage", "1");
  common::RestRequest request;
  request.path_and_query = query.append_to("/DigitalizePrint/report.do");
  request.repeatable = common::Repeatable::yes;
  auto response = print_.send(request);
  if (!response) return response.error();
  const auto now = environment_.clock.now();
  if (auto error = common::status_error(response.value(), request.repeatable, now)) return *error;
  const auto type = common::find_header(response.value().headers, "Content-Type");
  Label label{std::string{type.value_or("")}, std::move(response.value().body)};
  if (label.bytes.empty()) {
    return Error{ErrorCode::protocol, "Viettel Post: the label is empty", {}, {}};
  }
  if (label.content_type.empty()) label.content_type = "application/pdf";
  return label;
}

}  // namespace connectors::carriers::viettelpost
