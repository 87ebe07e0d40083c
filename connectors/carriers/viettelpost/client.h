#pragma once
// Viettel Post's endpoints: sign-in in two steps, calls, and the print server. Private to this
// folder. Errors: errors.h, JsonClient. Threads: one.
// Source: partner pages (token-authen, create-order-id-address, charges-id-address,
// update-bill-of-lading-status, sync-end-status) as public clients quote them, read 2026-11-24.
#include <memory>
#include <string>

#include "connectors/carriers/carrier.h"
#include "connectors/carriers/json_client.h"
#include "connectors/carriers/viettelpost/mapping.h"

namespace connectors::carriers::viettelpost {

struct Options {
  std::string username;
  std::string password;
  std::string token;          // made in the portal; used instead of both when given
  std::string webhook_token;  // empty: every callback is refused
  common::RestConfig rest;
  common::RateConfig rate;
  std::string print_url;
  std::string label_type;  // "1" A5, "2" A6, "100" A7
  Defaults defaults;
};
base::Result<Options> read_options(const Settings& settings);

class Client {
 public:
  Client(const Options& options, const Environment& environment,
         const std::shared_ptr<common::Transport>& wire = nullptr);

  base::Status check() const;
  base::Result<common::Json> stores();
  base::Result<common::Json> place_list(const std::string& path);
  base::Result<common::Json> price(const common::Json& body);
  base::Result<common::Json> prices(const common::Json& body);
  base::Result<common::Json> create(const common::Json& body);
  base::Result<common::Json> cancel(const common::Json& body);
  base::Result<common::Json> repeat_hook(const std::string& tracking_no);
  // Buys a code that opens the label for a while, and fetches it.
  base::Result<Label> label(const std::string& tracking_no);

 private:
  base::Result<std::string> sign_in(JsonClient& json) const;

  const Options options_;
  const Environment environment_;
  JsonClient json_;
  common::RestClient print_;
};

}  // namespace connectors::carriers::viettelpost
