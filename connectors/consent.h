#pragma once
// How a person lets us into a shop: a page of the channel, a code that comes back, a session whose
// ends are known. Threads: as Connector.
// Sources: Shopee Open Platform "Authorization", Lazada Open Platform "Seller authorization".
#include <map>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "connectors/messages.h"

namespace connectors {

// When access ends. `renewal_ends` is the last moment the refresh token works; `consent_ends` the
// end of what the person agreed to, when the channel has one (Shopee: 365 days).
struct ConsentState {
  base::Instant access_ends;
  base::Instant renewal_ends;
  std::optional<base::Instant> consent_ends;
};

struct ConsentPage {
  std::string url;
  std::string label;  // "shop", "main account": where a channel has more than one page
};

class Consent {
 public:
  virtual ~Consent() = default;
  // The pages a person may open, the recommended one first. `redirect` is where the channel sends
  // the browser afterwards.
  virtual base::Result<std::vector<ConsentPage>> pages(const std::string& redirect) = 0;
  // The parameters of the callback ("code" at least; Shopee: "shop_id" or "main_account_id").
  // The session is stored durably before this returns. A code works once: never repeat it.
  virtual base::Result<ShopInfo> redeem(const std::map<std::string, std::string>& answer) = 0;
  // What the stored session says; no call is made. Nothing: never signed in.
  virtual std::optional<ConsentState> state() = 0;
};

}  // namespace connectors
