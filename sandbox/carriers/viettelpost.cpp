// Viettel Post: every answer is HTTP 200 with {"status","error","message","data"}.
#include <span>

#include "sandbox/carriers/carrier.h"
#include "sandbox/carriers/carriers.h"
#include "sandbox/carriers/places.h"
#include "sandbox/json_tools.h"

namespace sandbox {
namespace {

using carriers::Place;
using carriers::query_param;
using carriers::Reply;
using server::http::Request;
using web::json::value;
using namespace std::chrono_literals;

constexpr auto kShortTokenLife = 24h;
constexpr auto kLongTokenLife = 365 * 24h;
constexpr std::int64_t kBadToken = 204;
constexpr std::int64_t kUserId = 1;

value envelope(std::int64_t status, const std::string& message) {
  value out;
  out["status"] = jn(status);
  out["error"] = jb(status != 200);
  out["message"] = js(message);
  out["data"] = value::null();
  return out;
}

// `of`: the parent's id as text, "" or "-1" for all.
value places(std::span<const Place> all, const std::string& level, const std::string& parent_member,
             const std::string& of) {
  auto out = envelope(200, "OK");
  out["data"] = empty_list();
  for (const auto& place : all) {
    if (!of.empty() && of != "-1" && of != std::to_string(place.parent)) continue;
    value row;
    row[level + "_ID"] = jn(place.id);
    row[level == "PROVINCE" ? "PROVINCE_CODE" : level + "_VALUE"] = js(std::string(place.code));
    row[level + "_NAME"] = js(std::string(place.name));
    if (!parent_member.empty()) row[parent_member] = jn(place.parent);
    push(out["data"], row);
  }
  return out;
}

class ViettelPost final : public carriers::Carrier {
 public:
  ViettelPost(Context& context, ViettelPostCredentials credentials)
      : Carrier(context), credentials_(std::move(credentials)) {}
  std::string name() const override { return "viettelpost"; }

 private:
  Reply answer(const Request& request) override {
    const auto& path = request.path;
    if (path == "/v2/user/Login" || path == "/v2/user/ownerconnect") return sign_in(request);
    if (auto list = place_list(request)) return {*std::move(list)};
    const bool documented = path.starts_with("/v2/order/") || path.starts_with("/v2/user/") ||
                            path.starts_with("/v2/categories/");
    const auto kind = request.method == "GET" ? CallLog::Kind::read : CallLog::Kind::write;
    if (!documented) return {envelope(404, "Not found"), kind, 404};
    if (!accepts(request.header("Token"))) {
      count_unauthorized();
      return {envelope(kBadToken, "Token invalid"), kind};
    }
    return {envelope(400, "This function is not supported"), kind};
  }

  Reply sign_in(const Request& request) {
    constexpr auto kKind = CallLog::Kind::token;
    const bool owner = request.path == "/v2/user/ownerconnect";
    if (request.method != "POST") return {envelope(405, "Method not allowed"), kKind, 405};
    const auto body = read_json(request.body).value_or(value::object());
    if (text_in(body, "USERNAME") != credentials_.username ||
        text_in(body, "PASSWORD") != credentials_.password) {
      count_unauthorized();
      return {envelope(kBadToken, "Wrong user name or password"), kKind};
    }
    if (owner && !accepts(request.header("Token"))) {
      count_unauthorized();
      return {envelope(kBadToken, "Token invalid"), kKind};
    }
    const base::Millis life = owner ? base::Millis{kLongTokenLife} : base::Millis{kShortTokenLife};
    auto out = envelope(200, "OK");
    auto& data = out["data"];
    data["userId"] = jn(kUserId);
    data["token"] = js(new_token(life));
    data["partner"] = jn(kUserId);
    data["phone"] = js("");
    data["expired"] = jn(base::to_unix_ms(now() + life));
    return {out, kKind};
  }

  static std::optional<value> place_list(const Request& request) {
    const auto& path = request.path;
    const auto of_province = query_param(request, "provinceId");
    if (path == "/v2/categories/listProvinceById") {
      return places(carriers::kOldProvinces, "PROVINCE", "", "");
    }
    if (path == "/v2/categories/listDistrict") {
      return places(carriers::kOldDistricts, "DISTRICT", "PROVINCE_ID", of_province);
    }
    if (path == "/v2/categories/listWards") {
      return places(carriers::kOldWards, "WARDS", "DISTRICT_ID",
                    query_param(request, "districtId"));
    }
    if (path == "/v3/categories/listProvinceNew") {
      return places(carriers::kNewProvinces, "PROVINCE", "", "");
    }
    if (path == "/v3/categories/listWardsNew") {
      return places(carriers::kNewWards, "WARDS", "PROVINCE_ID", of_province);
    }
    return std::nullopt;
  }

  const ViettelPostCredentials credentials_;
};

}  // namespace

std::unique_ptr<Channel> make_viettelpost(Context& context,
                                          const ViettelPostCredentials& credentials) {
  return std::make_unique<ViettelPost>(context, credentials);
}

}  // namespace sandbox
