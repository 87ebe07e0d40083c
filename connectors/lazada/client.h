#pragma once
// Lazada's endpoints: signing, tokens, pace. Private to this folder.
//
// System parameters and the signature travel in the query, the call's own in the urlencoded body of
// a POST (or the query of a GET); no parameter is ever sent empty, because gateways differ on how
// to sign one. The body decides, not the HTTP status: Lazada answers 200 to nearly everything. A
// dead access token is renewed once and the call repeated once: it was refused, so it had no
// effect. No call is repeated for any other reason.
// Errors: errors.h, RestClient, TokenKeeper; an answer that cannot be read is `protocol`, and
// `unknown_outcome` when it answers a write that must not happen twice.
// Threads: one. Source: Lazada Open Platform, signature algorithm and API pages as of 2026-04-21.
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "connectors/common/json.h"
#include "connectors/common/pace.h"
#include "connectors/common/rest_client.h"
#include "connectors/common/token_keeper.h"
#include "connectors/common/uri.h"
#include "connectors/factory.h"
#include "connectors/lazada/errors.h"
#include "connectors/lazada/options.h"

namespace connectors::lazada {

using Parameters = std::vector<std::pair<std::string, std::string>>;

// HEX(HMAC-SHA256(secret, path + name1 + value1 + …)), names in byte order, values undecorated.
std::string sign(std::string_view app_secret, std::string_view path, Parameters parameters);

// A whole envelope; `error` is what it says went wrong, for callers that look into `detail`.
struct Answer {
  common::Json body;
  std::optional<base::Error> error;
};

enum class Verb { get, post };
enum class SkuWrite { set_sellable, adjust_sellable, set_price, set_special };

class Client {
 public:
  // `wire` replaces the network in tests.
  Client(Options options, const Environment& environment,
         std::shared_ptr<common::Transport> wire = nullptr);

  const Options& options() const { return options_; }
  common::UploadStore* uploads() const { return environment_.uploads; }
  base::Status check() const;

  base::Instant now() const { return environment_.clock.now(); }

  // Any call of a seller's, by its path without /rest.
  base::Result<common::Json> read(std::string path, const common::Query& business);
  base::Result<Answer> change(Verb verb, std::string path, const common::Query& business,
                              Nature nature);
  // What an address outside the API holds: no parameter, no token goes along.
  base::Result<std::string> download(const std::string& url, std::size_t bytes_max);

  // endpoints.cpp
  base::Result<common::Json> seller();
  base::Result<common::Json> upload_image(std::string_view file_name, std::string_view bytes);
  base::Result<common::Json> create_product(const std::string& xml);
  base::Result<common::Json> update_product(const std::string& xml);
  base::Result<common::Json> deactivate(const std::string& xml);
  base::Result<Answer> remove_skus(std::span<const std::string> names);  // "SkuId_<item>_<sku>"
  base::Result<Answer> write_skus(SkuWrite write, const std::string& xml);
  base::Result<common::Json> product(std::string_view item_id);
  base::Result<common::Json> products(std::size_t offset);
  // At most kProductPageMax seller SKUs.
  base::Result<common::Json> products_by_sku(std::span<const std::string> seller_skus);
  base::Result<common::Json> orders(base::Instant updated_after, base::Instant updated_before,
                                    std::size_t offset, std::size_t limit);
  base::Result<common::Json> order(std::string_view order_id);
  base::Result<common::Json> order_items(std::span<const std::string> order_ids);  // at most 50
  base::Result<common::Json> items_of_order(std::string_view order_id);

  // tokens.cpp: the code of the consent page for a pair, stored before this returns.
  base::Status redeem(const std::string& code);
  std::optional<common::Session> session();

 private:
  enum class Access { open, seller };
  struct Call {
    std::string method = "GET";
    std::string path;  // without /rest
    common::Query business;
    std::string file_name;  // of a file part named "image"; empty: none
    std::string_view file;
    common::CallKind kind = common::CallKind::read;
    Nature nature = Nature::read;
    Access access = Access::seller;
  };

  static Call get(std::string path);
  static Call post(std::string path, Nature nature);
  base::Result<common::Json> fetch(const Call& call);
  base::Result<Answer> ask(const Call& call);
  base::Result<Answer> send(const Call& call, const std::string& token);
  base::Result<Answer> read_answer(const Call& call, const common::RestResponse& response);
  common::RestRequest build(const Call& call, const std::string& token) const;

  base::Result<std::string> token();
  base::Result<std::string> token_after(const std::string& rejected);
  base::Status sign_in();
  base::Status store_session();
  base::Result<common::Session> renew(const std::string& refresh_token);
  base::Result<common::Session> exchange(const std::string& path, std::string_view name,
                                         const std::string& value);

  const Options options_;
  const Environment environment_;
  const std::shared_ptr<common::Transport> wire_;
  common::RestClient rest_;
  common::RestClient auth_;
  common::Pace pace_;
  common::TokenKeeper tokens_;
  bool code_spent_ = false;
  std::optional<common::Session> signed_in_;  // obtained by the code, not stored yet
};

// "501" whether Lazada wrote "501" or 501; empty when there is none.
std::string code_of(const common::Json& body);

}  // namespace connectors::lazada
