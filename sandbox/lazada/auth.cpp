#include <algorithm>
#include <cctype>

#include "sandbox/lazada/handlers.h"

namespace sandbox::lazada {
namespace {

constexpr std::size_t kTokenTail = 50;

bool may_redirect_to(const std::string& where) {
  const bool web = where.starts_with("http://") || where.starts_with("https://");
  return web && std::all_of(where.begin(), where.end(),
                            [](char c) { return static_cast<unsigned char>(c) > 0x20; });
}

std::string encoded(const std::string& text) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || c == '-' || c == '_' || c == '.' || c == '~') {
      out.push_back(c);
    } else {
      out += {'%', kDigits[byte >> 4U], kDigits[byte & 0x0FU]};
    }
  }
  return out;
}

// A new pair inside the consent that ends at `ends_ms`.
Json issue(Shop& shop, std::int64_t ends_ms, const char* countries_key) {
  const auto now_ms = shop.now_ms();
  const auto access = "50000" + shop.context.dice.alphanumeric(kTokenTail);
  const auto refresh = "50001" + shop.context.dice.alphanumeric(kTokenTail);
  const auto access_ends_ms = now_ms + shop.rules.access_life_s * 1000;
  std::erase_if(shop.accesses, [&](const auto& one) { return one.second <= now_ms; });
  shop.accesses[access] = access_ends_ms;
  shop.refreshes[refresh] = {access_ends_ms, ends_ms, false};
  const auto seller = std::to_string(shop.seller_id());
  auto countries = wire::array({object({{"country", "vn"},
                                        {"user_id", seller},
                                        {"seller_id", seller},
                                        {"short_code", "VN1HTXNS"}})});
  return object({{"access_token", access},
                 {"country", "vn"},
                 {"refresh_token", refresh},
                 {"account_id", Json::null()},
                 {"account_platform", "seller_center"},
                 {"refresh_expires_in", (ends_ms - now_ms) / 1000},
                 {countries_key, std::move(countries)},
                 {"expires_in", shop.rules.access_life_s},
                 {"account", "htx.nongsan@example.vn"}});
}

}  // namespace

std::string new_code(Shop& shop) {
  const auto code = "0_" + shop.credentials.app_key + "_" + shop.context.dice.alphanumeric(32);
  shop.codes[code] = shop.now_ms() + shop.rules.code_life_s * 1000;
  return code;
}

Reply authorize_page(Shop& shop, const Call& call) {
  const auto where = call.text("redirect_uri");
  if (!may_redirect_to(where)) {
    return fail("ISV", "invalid_request", "redirect_uri does not match the app callback");
  }
  const auto back = [&](const std::string& answer) {
    auto target = where + (where.find('?') == std::string::npos ? "?" : "&") + answer;
    if (call.has("state")) target += "&state=" + encoded(call.text("state"));
    return redirect(target);
  };
  if (call.text("client_id") != shop.credentials.app_key) return back("error=unauthorized_client");
  if (call.text("response_type") != "code") return back("error=unsupported_response_type");
  return back("code=" + new_code(shop));
}

Reply token_create(Shop& shop, const Call& call) {
  if (!call.has("code")) return missing("code");
  const auto known = shop.codes.find(call.text("code"));
  if (known == shop.codes.end() || known->second <= shop.now_ms()) {
    return fail("ISV", "InvalidCode", "Invalid authorization code");
  }
  shop.codes.erase(known);
  return flat(issue(shop, shop.now_ms() + shop.rules.refresh_life_s * 1000, "country_user_info"));
}

Reply token_refresh(Shop& shop, const Call& call) {
  if (!call.has("refresh_token")) return missing("refresh_token");
  const auto known = shop.refreshes.find(call.text("refresh_token"));
  const bool usable = known != shop.refreshes.end() && !known->second.spent &&
                      known->second.ends_ms > shop.now_ms();
  if (!usable) {
    return fail("ISV", "IllegalRefreshToken", "The specified refresh token is invalid or expired");
  }
  known->second.spent = true;
  return flat(issue(shop, known->second.ends_ms, "country_user_info_list"));
}

Reply seller_get(Shop& shop, const Call&) {
  return data(object({{"name_company", "Hợp tác xã Nông sản"},
                      {"logo_url", ""},
                      {"name", "Nông sản Hợp tác xã"},
                      {"verified", true},
                      {"location", "Long An"},
                      {"marketplaceEaseMode", false},
                      {"seller_id", shop.seller_id()},
                      {"email", "htx.nongsan@example.vn"},
                      {"short_code", "VN1HTXNS"},
                      {"cb", false},
                      {"status", "ACTIVE"}}));
}

Reply warehouses_get(Shop&, const Call&) {
  Reply reply;
  reply.body["result"] = object({{"success", true},
                                 {"error_code", "0"},
                                 {"error_msg", ""},
                                 {"module", wire::array({object({{"code", "dropshipping"},
                                                                 {"name", "Kho hợp tác xã"},
                                                                 {"detailAddress", "Long An"},
                                                                 {"defaultAddress", true},
                                                                 {"status", "ACTIVE"}})})}});
  return reply;
}

}  // namespace sandbox::lazada
