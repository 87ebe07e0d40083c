#pragma once
// How a shop lets us in: the newer page without a signature (the one to send people to) and the
// signed link, which dies five minutes after it was made. Errors, threads: as Consent.
// Source: Open Platform "Authorization and Authentication", both generations of the link.
#include "connectors/consent.h"
#include "connectors/shopee/client.h"

namespace connectors::shopee {

class ShopConsent final : public Consent {
 public:
  ShopConsent(Client& client, const base::Clock& clock) : client_(client), clock_(clock) {}

  base::Result<std::vector<ConsentPage>> pages(const std::string& redirect) override;
  base::Result<ShopInfo> redeem(const std::map<std::string, std::string>& answer) override;
  std::optional<ConsentState> state() override;

 private:
  Client& client_;
  const base::Clock& clock_;
};

// Name, consent and state of the shop; the end of the consent is kept with the session.
base::Result<ShopInfo> read_shop(Client& client);

}  // namespace connectors::shopee
