#include "connectors/shopee/client.h"

#include <utility>

#include "connectors/common/hmac.h"
#include "connectors/common/rest_errors.h"
#include "connectors/shopee/limits.h"

namespace connectors::shopee {

namespace {

using base::Error;
using base::ErrorCode;
using common::CallKind;
using common::Json;
using common::Repeatable;
using namespace std::chrono_literals;

constexpr std::int64_t kClockSlackS = 600;
constexpr std::string_view kRoot = "/api/v2/";
constexpr std::string_view kJsonType = "application/json";
constexpr std::string_view kLiveStatuses[] = {"NORMAL", "UNLIST", "BANNED", "REVIEWING"};
constexpr std::string_view kOrderFields =
    "buyer_user_id,estimated_shipping_fee,actual_shipping_fee,actual_shipping_fee_confirmed,"
    "item_list,pay_time,cancel_by,cancel_reason,package_list,total_amount";

common::RestConfig rest_config(const Options& options) {
  common::RestConfig config;
  config.base_url = options.base_url;
  config.proxy = options.proxy;
  config.ca_file = options.ca_file;
  return config;
}

common::RestClient make_rest(const Options& options, std::shared_ptr<common::Transport> wire) {
  if (wire == nullptr) return common::RestClient{rest_config(options)};
  return common::RestClient{rest_config(options), std::move(wire)};
}

std::string hmac(const Options& options, std::string_view path, std::int64_t unix_s,
                 const std::string& tail) {
  std::string message = std::to_string(options.partner_id);
  message.append(path).append(std::to_string(unix_s)).append(tail);
  return common::hmac_sha256_hex(options.partner_key, message);
}

common::TokenPolicy token_policy() {
  common::TokenPolicy policy;
  policy.access_life = 4h;
  return policy;
}

Repeatable repeatable(Nature nature) {
  return nature == Nature::write_once ? Repeatable::no : Repeatable::yes;
}

std::string joined(std::span<const std::string> parts) {
  std::string out;
  for (const auto& part : parts) {
    if (!out.empty()) out += ',';
    out += part;
  }
  return out;
}

std::string image_type(std::string_view file_name) {
  return file_name.ends_with(".png") || file_name.ends_with(".PNG") ? "image/png" : "image/jpeg";
}

}  // namespace

std::string sign_public(const Options& options, std::string_view path, std::int64_t unix_s) {
  return hmac(options, path, unix_s, {});
}

std::string sign_shop(const Options& options, std::string_view path, std::int64_t unix_s,
                      std::string_view access_token) {
  return hmac(options, path, unix_s, std::string{access_token} + std::to_string(options.shop_id));
}

Client::Client(Options options, const Environment& environment,
               std::shared_ptr<common::Transport> wire)
    : options_(std::move(options)),
      environment_(environment),
      rest_(make_rest(options_, std::move(wire))),
      pace_(environment.clock, environment.waiter, environment.paces, pace_config(options_)),
      tokens_(environment.sessions, environment.clock, token_policy(),
              [this](const std::string& refresh_token) -> base::Result<common::Session> {
                auto grant = exchange(
                    "/api/v2/auth/access_token/get",
                    common::json_object({{"refresh_token", common::json_string(refresh_token)},
                                         {"shop_id", common::json_number(options_.shop_id)}}));
                if (!grant) return grant.error();
                return std::move(grant).value().session;
              }) {}

// --- any endpoint

base::Result<Json> Client::get(std::string_view path, const common::Query& query) {
  Call call;
  call.path = std::string{kRoot}.append(path);
  call.query = query;
  return fetch(call);
}

base::Result<Json> Client::write(std::string_view path, const std::string& body, Nature nature,
                                 Access access) {
  Call call = post(std::string{kRoot}.append(path), body, nature);
  call.access = access;
  return fetch(call);
}

base::Result<Answer> Client::attempt(std::string_view path, const std::string& body,
                                     Nature nature) {
  return ask(post(std::string{kRoot}.append(path), body, nature));
}

base::Result<Download> Client::download(std::string_view path, const std::string& body) {
  const Call call = post(std::string{kRoot}.append(path), body, Nature::write_again);
  auto token_now = token();
  for (int turn = 0; turn < 2; ++turn) {
    if (!token_now) return token_now.error();
    const auto response = send_raw(call, token_now.value());
    if (!response) return response.error();
    const auto type = common::find_header(response.value().headers, "content-type");
    const auto& bytes = response.value().body;
    const bool envelope = bytes.starts_with('{') || (type && type->find("json") != type->npos);
    if (!envelope && response.value().status == 200 && !bytes.empty()) {
      pace_.answered(endpoint_group(call.path));
      return Download{std::string{type.value_or("application/octet-stream")}, bytes};
    }
    const auto answer = read_answer(call, response.value());
    if (!answer) return answer.error();
    if (!answer.value().error) break;
    const auto& said = answer.value().body;
    const bool dead = is_dead_token(common::text(said, "error"), common::text(said, "message"));
    if (!dead || turn == 1) return *answer.value().error;
    token_now = token_after(token_now.value());
  }
  return Error{ErrorCode::protocol, "Shopee: an envelope came in place of a file", {}, {}};
}

// --- endpoints

Client::Call Client::post(std::string path, std::string body, Nature nature) {
  Call call;
  call.method = "POST";
  call.path = std::move(path);
  call.body = std::move(body);
  call.content_type = kJsonType;
  call.kind = CallKind::write;
  call.nature = nature;
  return call;
}

base::Result<Json> Client::shop_info() {
  Call call;
  call.path = "/api/v2/shop/get_shop_info";
  call.kind = CallKind::probe;
  return fetch(call);
}

base::Result<Json> Client::logistics_channels() {
  Call call;
  call.path = "/api/v2/logistics/get_channel_list";
  return fetch(call);
}

base::Result<Json> Client::upload_image(std::string_view file_name, std::string_view bytes) {
  constexpr std::size_t kBoundaryBytes = 16;
  common::Multipart form{common::random_hex(kBoundaryBytes)};
  form.add_file("image", file_name, image_type(file_name), bytes);
  Call call = post("/api/v2/media_space/upload_image", form.body(), Nature::write_again);
  call.content_type = form.content_type();
  call.kind = CallKind::upload;
  call.access = Access::open;
  return fetch(call);
}

base::Result<Json> Client::add_item(const std::string& body) {
  return fetch(post("/api/v2/product/add_item", body, Nature::write_once));
}

base::Result<Json> Client::update_item(const std::string& body) {
  return fetch(post("/api/v2/product/update_item", body, Nature::write_again));
}

base::Result<Answer> Client::unlist_item(const std::string& body) {
  return ask(post("/api/v2/product/unlist_item", body, Nature::write_again));
}

// Absolute, yet not repeatable: a second arrival would wipe out what buyers took in between.
base::Result<Answer> Client::update_stock(const std::string& body) {
  return ask(post("/api/v2/product/update_stock", body, Nature::write_once));
}

base::Result<Answer> Client::update_price(const std::string& body) {
  return ask(post("/api/v2/product/update_price", body, Nature::write_again));
}

base::Result<Json> Client::base_info(std::span<const std::string> item_ids) {
  Call call;
  call.path = "/api/v2/product/get_item_base_info";
  call.query.add("item_id_list", joined(item_ids));
  return fetch(call);
}

base::Result<Json> Client::search_by_sku(std::string_view sku, std::string_view offset) {
  constexpr long long kSearchPage = 50;
  Call call;
  call.path = "/api/v2/product/search_item";
  call.query.add("page_size", kSearchPage);
  if (!offset.empty()) call.query.add("offset", offset);
  call.query.add("item_sku", sku);
  return fetch(call);
}

base::Result<Json> Client::item_list(std::string_view offset, std::size_t page_size,
                                     std::int64_t updated_from_s) {
  Call call;
  call.path = "/api/v2/product/get_item_list";
  call.query.add("offset", offset.empty() ? "0" : offset);
  call.query.add("page_size", static_cast<long long>(page_size));
  if (updated_from_s > 0) {
    call.query.add("update_time_from", static_cast<long long>(updated_from_s));
    call.query.add("update_time_to", static_cast<long long>(
                                         base::to_unix_s(environment_.clock.now()) + kClockSlackS));
  }
  for (const auto status : kLiveStatuses) call.query.add("item_status", status);
  return fetch(call);
}

base::Result<Json> Client::order_list(std::int64_t from_s, std::int64_t to_s,
                                      std::string_view cursor, std::size_t page_size) {
  Call call;
  call.path = "/api/v2/order/get_order_list";
  call.query.add("time_range_field", "update_time");
  call.query.add("time_from", static_cast<long long>(from_s));
  call.query.add("time_to", static_cast<long long>(to_s));
  call.query.add("page_size", static_cast<long long>(page_size));
  if (!cursor.empty()) call.query.add("cursor", cursor);
  return fetch(call);
}

base::Result<Json> Client::order_details(std::span<const std::string> order_sns) {
  Call call;
  call.path = "/api/v2/order/get_order_detail";
  call.query.add("order_sn_list", joined(order_sns));
  call.query.add("response_optional_fields", kOrderFields);
  return fetch(call);
}

// --- one call

base::Result<Json> Client::fetch(const Call& call) {
  auto answer = ask(call);
  if (!answer) return answer.error();
  if (answer.value().error) return *answer.value().error;
  return std::move(answer).value().body;
}

base::Result<Answer> Client::ask(const Call& call) {
  if (call.access == Access::open) return send(call, {});
  const auto token_now = token();
  if (!token_now) return token_now.error();
  auto answer = send(call, token_now.value());
  if (!answer || !answer.value().error) return answer;
  const auto& body = answer.value().body;
  if (!is_dead_token(common::text(body, "error"), common::text(body, "message"))) return answer;

  const auto fresh = token_after(token_now.value());
  if (!fresh) return fresh.error();
  return send(call, fresh.value());
}

base::Result<common::RestResponse> Client::send_raw(const Call& call, const std::string& token) {
  const auto group = endpoint_group(call.path);
  if (const auto turn = pace_.take_turn(group); !turn) return turn.error();
  auto response = rest_.send(build(call, token));
  if (response) return response;
  auto error = response.error();
  pace_.failed(group, error);
  return error;
}

base::Result<Answer> Client::send(const Call& call, const std::string& token) {
  const auto response = send_raw(call, token);
  if (!response) return response.error();
  return read_answer(call, response.value());
}

common::RestRequest Client::build(const Call& call, const std::string& token) const {
  const std::int64_t now = base::to_unix_s(environment_.clock.now());
  common::Query query;
  query.add("partner_id", static_cast<long long>(options_.partner_id));
  query.add("timestamp", static_cast<long long>(now));
  if (call.access == Access::shop) {
    query.add("access_token", token);
    query.add("shop_id", static_cast<long long>(options_.shop_id));
    query.add("sign", sign_shop(options_, call.path, now, token));
  } else {
    query.add("sign", sign_public(options_, call.path, now));
  }
  for (const auto& [name, value] : call.query.pairs()) query.add(name, value);

  common::RestRequest request;
  request.method = call.method;
  request.path_and_query = query.append_to(call.path);
  request.body = call.body;
  request.content_type = call.content_type;
  request.kind = call.kind;
  request.repeatable = repeatable(call.nature);
  return request;
}

base::Result<Answer> Client::read_answer(const Call& call, const common::RestResponse& response) {
  const auto now = environment_.clock.now();
  const auto group = endpoint_group(call.path);
  auto by_status = common::status_error(response, repeatable(call.nature), now);
  auto body = common::parse_json(response.body);
  if (!body || !body.value().is_object()) {
    const std::string what = body ? "Shopee: the answer is not an object" : body.error().message;
    const bool lost = call.nature == Nature::write_once;
    auto error = by_status.value_or(
        Error{lost ? ErrorCode::unknown_outcome : ErrorCode::protocol, what, {}, {}});
    pace_.failed(group, error);
    return error;
  }
  const std::string code = common::text(body.value(), "error");
  if (code.empty() && !by_status) {
    pace_.answered(group);
    return Answer{std::move(body).value(), std::nullopt};
  }
  auto error = code.empty()
                   ? *by_status
                   : translate(code, common::text(body.value(), "message"), call.nature, now);
  if (by_status && by_status->retry_after) error.retry_after = by_status->retry_after;
  pace_.failed(group, error, limit_scope(code));
  return Answer{std::move(body).value(), std::move(error)};
}

}  // namespace connectors::shopee
