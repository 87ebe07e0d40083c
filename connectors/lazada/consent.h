#pragma once
// Lazada's consent: one page, a code that is good for 30 minutes and once, a pair of tokens.
//
// The access token lives 7 days (app in test) or 30; the refresh token's life counts from the
// consent and no renewal extends it, so its end is the end of the consent.
// Errors: rejected (the person refused), what the token host said, unavailable (the pair was bought
// and not stored; it is stored before the next call). Threads: one.
// Source: Lazada Open Platform, "Seller authorization introduction", 2025-12.
#include "connectors/consent.h"
#include "connectors/lazada/client.h"

namespace connectors::lazada {

class LazadaConsent final : public Consent {
 public:
  explicit LazadaConsent(Client& client) : client_(client) {}

  base::Result<std::vector<ConsentPage>> pages(const std::string& redirect) override;
  base::Result<ShopInfo> redeem(const std::map<std::string, std::string>& answer) override;
  std::optional<ConsentState> state() override;

  base::Result<ShopInfo> shop();  // asks who let us in

 private:
  Client& client_;
};

}  // namespace connectors::lazada
