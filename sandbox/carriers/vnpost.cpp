// VNPost (MyVNPost customer API): bare paths or below /customer-partner, header `token`.
#include <span>

#include "sandbox/carriers/carrier.h"
#include "sandbox/carriers/carriers.h"
#include "sandbox/carriers/places.h"
#include "sandbox/json_tools.h"

namespace sandbox {
namespace {

using carriers::Place;
using carriers::Reply;
using server::http::Request;
using web::json::value;
using namespace std::chrono_literals;

constexpr auto kTokenLife = 24h;
// Since July 2025 there are no districts; both levels hang together by this constant.
constexpr const char* kNoDistrict = "VNPOST";

value refusal(const std::string& message) {
  value out;
  out["success"] = jb(false);
  out["message"] = js(message);
  return out;
}

std::string code_of(std::span<const Place> all, int id) {
  for (const auto& place : all) {
    if (place.id == id) return std::string(place.code);
  }
  return {};
}

value rows(std::span<const Place> all, const std::string& level,
           std::span<const Place> parents = {}, const std::string& parent_level = "") {
  value out = empty_list();
  for (const auto& place : all) {
    value row;
    row[level + "Code"] = js(std::string(place.code));
    row[level + "Name"] = js(std::string(place.name));
    if (!parent_level.empty()) row[parent_level + "Code"] = js(code_of(parents, place.parent));
    push(out, row);
  }
  return out;
}

class Vnpost final : public carriers::Carrier {
 public:
  Vnpost(Context& context, VnpostCredentials credentials)
      : Carrier(context), credentials_(std::move(credentials)) {}
  std::string name() const override { return "vnpost"; }

 private:
  Reply answer(const Request& request) override {
    constexpr std::string_view kPrefix = "/customer-partner";
    auto path = request.path;
    if (path.starts_with(kPrefix)) path.erase(0, kPrefix.size());
    if (path == "/GetAccessToken") return sign_in(request);
    const auto kind = request.method == "GET" ? CallLog::Kind::read : CallLog::Kind::write;
    if (!accepts(request.header("token"))) {
      count_unauthorized();
      return {refusal("Unauthorized"), kind, 401};
    }
    if (auto list = place_list(path)) return {*std::move(list), kind};
    for (const char* documented :
         {"/CreateOrder", "/createOrderByDraft", "/deleteOrderByDraft", "/orderCorrection",
          "/orderCorrection/updateCase", "/orderCancel", "/ServicesCharge", "/getOrder",
          "/GetListOrder", "/GetStatusHistoryOrder", "/exportListReport"}) {
      if (path == documented) return {refusal("This function is not supported"), kind};
    }
    return {refusal("Not found"), kind, 404};
  }

  Reply sign_in(const Request& request) {
    constexpr auto kKind = CallLog::Kind::token;
    if (request.method != "POST") return {refusal("Method not allowed"), kKind, 405};
    const auto body = read_json(request.body).value_or(value::object());
    if (text_in(body, "username") != credentials_.username ||
        text_in(body, "password") != credentials_.password ||
        text_in(body, "customerCode") != credentials_.customer_code) {
      count_unauthorized();
      return {refusal("Invalid credentials"), kKind};
    }
    value out;
    out["success"] = jb(true);
    out["token"] = js(new_token(kTokenLife));
    return {out, kKind};
  }

  static std::optional<value> place_list(const std::string& path) {
    if (path == "/getAllProvince") return rows(carriers::kOldProvinces, "province");
    if (path == "/getAllDistrict") {
      return rows(carriers::kOldDistricts, "district", carriers::kOldProvinces, "province");
    }
    if (path == "/getAllCommune") {
      return rows(carriers::kOldWards, "commune", carriers::kOldDistricts, "district");
    }
    if (path == "/getNewProvinceAll") return rows(carriers::kNewProvinces, "province");
    if (path != "/getNewCommuneAll") return std::nullopt;
    auto communes = rows(carriers::kNewWards, "commune", carriers::kNewProvinces, "province");
    for (auto& commune : communes.as_array()) commune["districtCode"] = js(kNoDistrict);
    return communes;
  }

  const VnpostCredentials credentials_;
};

}  // namespace

std::unique_ptr<Channel> make_vnpost(Context& context, const VnpostCredentials& credentials) {
  return std::make_unique<Vnpost>(context, credentials);
}

}  // namespace sandbox
