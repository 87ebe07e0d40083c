#include "connectors/shopee/consent.h"

#include <utility>

#include "base/time_text.h"
#include "connectors/shopee/ids.h"

namespace connectors::shopee {

namespace {

using base::ErrorCode;

constexpr std::string_view kSignedPath = "/api/v2/shop/auth_partner";

std::string value_of(const std::map<std::string, std::string>& answer, const std::string& name) {
  const auto found = answer.find(name);
  return found == answer.end() ? std::string{} : found->second;
}

}  // namespace

base::Result<ShopInfo> read_shop(Client& client) {
  const auto answer = client.shop_info();
  if (!answer) return answer.error();
  ShopInfo info;
  info.shop_name = common::text(answer.value(), "shop_name");
  info.remote_id = std::to_string(client.options().shop_id);
  const auto ends = common::integer(answer.value(), "expire_time");
  if (ends && *ends > 0) {
    const auto at = base::from_unix_s(*ends);
    info.note = "consent ends " + base::local_date(at);
    if (const auto kept = client.note_consent_end(at); !kept) return kept.error();
  }
  const auto status = common::text(answer.value(), "status");
  if (!status.empty() && status != "NORMAL") {
    info.note += (info.note.empty() ? "shop is " : ", shop is ") + status;
  }
  return info;
}

base::Result<std::vector<ConsentPage>> ShopConsent::pages(const std::string& redirect) {
  const auto& options = client_.options();
  common::Query page;
  page.add("partner_id", static_cast<long long>(options.partner_id));
  page.add("auth_type", "seller");
  page.add("redirect_uri", redirect);
  page.add("response_type", "code");

  const std::int64_t now_s = base::to_unix_s(clock_.now());
  common::Query link;
  link.add("partner_id", static_cast<long long>(options.partner_id));
  link.add("timestamp", static_cast<long long>(now_s));
  link.add("sign", sign_public(options, kSignedPath, now_s));
  link.add("redirect", redirect);
  return std::vector<ConsentPage>{
      {page.append_to(options.consent_url), "shop"},
      {link.append_to(options.base_url + std::string{kSignedPath}), "signed link, 5 minutes"}};
}

base::Result<ShopInfo> ShopConsent::redeem(const std::map<std::string, std::string>& answer) {
  const auto code = value_of(answer, "code");
  if (code.empty()) return failed(ErrorCode::invalid, "the callback holds no code");
  const auto shop = value_of(answer, "shop_id");
  const auto account = value_of(answer, "main_account_id");
  if (shop.empty() == account.empty()) {
    return failed(ErrorCode::invalid, "the callback names no shop and no main account, or both");
  }
  const auto& options = client_.options();
  if (!shop.empty() && id_number(shop) != options.shop_id) {
    return failed(ErrorCode::rejected, "the consent is for shop " + shop + ", this account is of " +
                                           std::to_string(options.shop_id));
  }
  const auto grant = shop.empty() ? client_.redeem(code, "main_account_id", id_number(account))
                                  : client_.redeem(code, "shop_id", options.shop_id);
  if (!grant) return grant.error();
  return read_shop(client_);
}

std::optional<ConsentState> ShopConsent::state() {
  const auto session = client_.session();
  if (!session) return std::nullopt;
  return ConsentState{session->access_expires_at, session->refresh_expires_at,
                      session->consent_ends_at};
}

}  // namespace connectors::shopee
