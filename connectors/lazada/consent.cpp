#include "connectors/lazada/consent.h"

#include "base/time_text.h"
#include "connectors/common/uri.h"

namespace connectors::lazada {

using base::Error;
using base::ErrorCode;

base::Result<std::vector<ConsentPage>> LazadaConsent::pages(const std::string& redirect) {
  if (redirect.empty()) {
    return Error{ErrorCode::invalid,
                 "Lazada: the consent page needs the callback that the app is registered with",
                 {},
                 {}};
  }
  common::Query query;
  query.add("response_type", "code");
  query.add("force_auth", "true");
  query.add("redirect_uri", redirect);
  query.add("client_id", client_.options().app_key);
  return std::vector<ConsentPage>{{query.append_to(client_.options().consent_url), "shop"}};
}

base::Result<ShopInfo> LazadaConsent::redeem(const std::map<std::string, std::string>& answer) {
  const auto member = [&](const char* name) {
    const auto found = answer.find(name);
    return found == answer.end() ? std::string{} : found->second;
  };
  if (const auto refused = member("error"); !refused.empty()) {
    return Error{
        ErrorCode::rejected, "Lazada: the shop did not let us in: " + refused, {}, refused};
  }
  const auto code = member("code");
  if (code.empty()) {
    return Error{ErrorCode::invalid, "Lazada: the callback holds no code", {}, {}};
  }
  if (const auto entered = client_.redeem(code); !entered) return entered.error();
  auto info = shop();
  if (info) return info;
  ShopInfo unnamed;  // the session is stored: the shop's name can wait
  unnamed.note = "signed in; the shop's name could not be read";
  return unnamed;
}

std::optional<ConsentState> LazadaConsent::state() {
  const auto session = client_.session();
  if (!session) return std::nullopt;
  return ConsentState{session->access_expires_at, session->refresh_expires_at,
                      session->refresh_expires_at};
}

base::Result<ShopInfo> LazadaConsent::shop() {
  const auto answer = client_.seller();
  if (!answer) return answer.error();
  ShopInfo info;
  info.shop_name = common::text_at(answer.value(), "data", "name");
  info.remote_id = common::text_at(answer.value(), "data", "seller_id");
  const auto status = common::text_at(answer.value(), "data", "status");
  if (!status.empty() && status != "ACTIVE") info.note = "seller is " + status;
  if (const auto ends = state(); ends && ends->consent_ends) {
    if (!info.note.empty()) info.note += "; ";
    info.note += "consent ends " + base::local_date(*ends->consent_ends);
  }
  return info;
}

}  // namespace connectors::lazada
