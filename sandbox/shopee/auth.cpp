#include <algorithm>

#include "sandbox/shopee/handlers.h"
#include "sandbox/shopee/pushes.h"
#include "sandbox/wire/sign.h"

namespace sandbox::shopee {
namespace {

// Only an absolute http(s) address without control characters becomes a Location.
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
      out.push_back('%');
      out.push_back(kDigits[byte >> 4U]);
      out.push_back(kDigits[byte & 0x0FU]);
    }
  }
  return out;
}

// The sandbox has no sign-in page: `login=main_account` in the consent URL stands for a sign-in
// with the main account.
Login login_of(const Call& call) {
  return call.in_query("login") == "main_account" ? Login::main_account : Login::shop;
}

Reply back_to(const Shop& shop, const Call& call, const std::string& where,
              const std::string& code) {
  if (!may_redirect_to(where)) return fail("error_param", "redirect is invalid.");
  std::string target = where;
  target += where.find('?') == std::string::npos ? "?" : "&";
  if (!code.empty()) target += "code=" + code + "&";
  target += login_of(call) == Login::main_account
                ? "main_account_id=" + std::to_string(shop.main_account_id())
                : "shop_id=" + std::to_string(shop.credentials.shop_id);
  const auto state = call.in_query("state");
  if (!state.empty()) target += "&state=" + encoded(state);
  return redirect(target);
}

bool partner_matches(const Shop& shop, const Call& call) {
  return wire::to_integer(call.in_query("partner_id")) == shop.credentials.partner_id;
}

// A new pair; the previous access token lives on for the grace, or not at all.
Json issue(Shop& shop, std::int64_t grace_s) {
  const auto now_s = shop.now_s();
  for (auto& [token, expires_s] : shop.accesses) {
    expires_s = std::min(expires_s, now_s + grace_s);
  }
  std::erase_if(shop.accesses, [&](const auto& entry) { return entry.second <= now_s; });
  const auto access = shop.context.dice.hex(32);
  const auto refresh = shop.context.dice.hex(32);
  shop.accesses[access] = now_s + shop.rules.access_life_s;
  shop.refreshes[refresh] = {.expires_s = now_s + shop.rules.refresh_life_s,
                             .spent_s = 0,
                             .bought_access = {},
                             .bought_refresh = {}};
  return object({{"access_token", access},
                 {"refresh_token", refresh},
                 {"expire_in", shop.rules.access_life_s}});
}

void revoke(Shop& shop) {
  shop.accesses.clear();
  shop.refreshes.clear();
  shop.consent_s = 0;
  tell_deauthorised(shop);
}

std::optional<Reply> refuse_body(const Shop& shop, const Call& call) {
  const auto partner = wire::as_integer(wire::member(call.body, "partner_id"));
  if (!partner) return fail("error_param", "partner_id is required.");
  if (*partner != shop.credentials.partner_id) return fail("error_param", "Invalid partner_id.");
  return std::nullopt;
}

}  // namespace

std::string new_code(Shop& shop, Login login) {
  const auto code = shop.context.dice.hex(32);
  shop.codes[code] = {shop.now_s() + shop.rules.code_life_s, login};
  return code;
}

Reply consent_signed(Shop& shop, const Call& call) {
  return back_to(shop, call, call.in_query("redirect"), new_code(shop, login_of(call)));
}

Reply cancel_signed(Shop& shop, const Call& call) {
  const auto reply = back_to(shop, call, call.in_query("redirect"), "");
  if (!reply.location.empty()) revoke(shop);
  return reply;
}

Reply consent_page(Shop& shop, const Call& call) {
  if (!partner_matches(shop, call)) return fail("error_param", "Invalid partner_id.");
  if (call.in_query("response_type") != "code") {
    return fail("error_param", "response_type should be code.");
  }
  const auto who = call.in_query("auth_type");
  if (who != "seller" && who != "supplier" && who != "user") {
    return fail("error_param", "auth_type is invalid.");
  }
  return back_to(shop, call, call.in_query("redirect_uri"), new_code(shop, login_of(call)));
}

Reply cancel_page(Shop& shop, const Call& call) {
  if (!partner_matches(shop, call)) return fail("error_param", "Invalid partner_id.");
  const auto reply = back_to(shop, call, call.in_query("redirect_uri"), "");
  if (!reply.location.empty()) revoke(shop);
  return reply;
}

Reply token_get(Shop& shop, const Call& call) {
  if (auto refusal = refuse_body(shop, call)) return *refusal;
  const auto code = wire::text(call.body, "code");
  if (code.empty()) return fail("error_param", "code is required.");
  const bool with_main = wire::has(call.body, "main_account_id");
  if (with_main && wire::has(call.body, "shop_id")) {
    return fail("error_param", "Only one of shop_id and main_account_id is allowed.");
  }
  if (with_main && wire::integer(call.body, "main_account_id") != shop.main_account_id()) {
    return fail("invalid_main_acount_id", "Invalid main_account_id.");
  }
  if (!with_main && wire::integer(call.body, "shop_id") != shop.credentials.shop_id) {
    return fail("invalid_shop_id", "Invalid shop_id.");
  }
  const auto known = shop.codes.find(code);
  const auto login = with_main ? Login::main_account : Login::shop;
  if (known == shop.codes.end() || known->second.expires_s <= shop.now_s() ||
      known->second.login != login) {
    return fail("invalid_code", "Invalid code.");
  }
  shop.codes.erase(known);
  shop.refreshes.clear();
  shop.consent_s = shop.now_s();
  auto members = issue(shop, 0);
  if (with_main) {
    members["shop_id_list"] = wire::array({Json::number(shop.credentials.shop_id)});
    members["merchant_id_list"] = Json::array();
  }
  tell_authorised(shop, login);
  return top_level(std::move(members));
}

Reply token_refresh(Shop& shop, const Call& call) {
  if (auto refusal = refuse_body(shop, call)) return *refusal;
  if (wire::integer(call.body, "shop_id") != shop.credentials.shop_id) {
    return fail("error_param", "Invalid shop_id.");
  }
  const auto now_s = shop.now_s();
  const auto known = shop.refreshes.find(wire::text(call.body, "refresh_token"));
  if (known == shop.refreshes.end()) return fail("error_auth", "Invalid refresh_token.");
  if (known->second.expires_s <= now_s) {
    return fail("refresh_token_expired", "refresh_token is expired.");
  }
  if (shop.consent_s + shop.rules.consent_life_s <= now_s) {
    return fail("shop_access_expired", "The authorization of the shop is expired.");
  }
  Json members;
  if (known->second.spent_s != 0) {
    const bool recent = now_s - known->second.spent_s < shop.rules.access_life_s;
    if (shop.rules.refresh == ShopeeRefresh::strict || !recent) {
      return fail("error_auth", "Invalid refresh_token.");
    }
    members = object({{"access_token", known->second.bought_access},
                      {"refresh_token", known->second.bought_refresh},
                      {"expire_in", known->second.spent_s + shop.rules.access_life_s - now_s}});
  } else {
    known->second.spent_s = now_s;
    members = issue(shop, shop.rules.access_grace_s);
    known->second.bought_access = wire::text(members, "access_token");
    known->second.bought_refresh = wire::text(members, "refresh_token");
  }
  members["partner_id"] = Json::number(shop.credentials.partner_id);
  members["shop_id"] = Json::number(shop.credentials.shop_id);
  return top_level(std::move(members));
}

Reply shops_by_partner(Shop& shop, const Call&) {
  std::vector<Json> shops;
  if (shop.consent_s != 0) {
    shops.push_back(object({{"shop_id", shop.credentials.shop_id},
                            {"region", "VN"},
                            {"auth_time", shop.consent_s},
                            {"expire_time", shop.consent_s + shop.rules.consent_life_s},
                            {"sip_affi_shop_list", Json::array()}}));
  }
  return top_level(object({{"authed_shop_list", wire::array(std::move(shops))}, {"more", false}}));
}

Reply ip_ranges(Shop&, const Call&) {
  return top_level(object({{"ip_list", wire::texts({"127.0.0.0/8"})}}));
}

Reply shop_info(Shop& shop, const Call&) {
  return top_level(object({{"shop_name", "Nông sản Hợp tác xã"},
                           {"region", "VN"},
                           {"status", "NORMAL"},
                           {"is_cb", false},
                           {"auth_time", shop.consent_s},
                           {"expire_time", shop.consent_s + shop.rules.consent_life_s},
                           {"merchant_id", Json::null()},
                           {"shop_fulfillment_flag", "Others"},
                           {"is_sip", false},
                           {"sip_affi_shops", Json::array()}}));
}

Reply shop_profile(Shop&, const Call&) {
  return ok(object({{"shop_logo", "https://cf.shopee.vn/file/vn-11134216-shop-logo"},
                    {"shop_name", "Nông sản Hợp tác xã"},
                    {"description", "Nông sản của hợp tác xã"}}));
}

Reply warehouse_detail(Shop&, const Call&) {
  return fail("warehouse.error_not_in_whitelist", "The shop is not in the whitelist.");
}

}  // namespace sandbox::shopee
