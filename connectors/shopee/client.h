#pragma once
// Shopee's endpoints: signing, tokens, pace. Private to this folder.
//
// Every call is signed as it goes out. The body decides before the HTTP status does, because
// Shopee documents no statuses. A dead access token is renewed once and the call repeated once: it
// was refused, so it had no effect. No call is repeated for any other reason.
// Errors: errors.h, RestClient, TokenKeeper; an answer that cannot be read is `protocol`, and
// `unknown_outcome` when it answers a write that must not happen twice.
// Threads: one. Source: Open Platform API v2, reference as of 2026-08-18.
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/common/json.h"
#include "connectors/common/pace.h"
#include "connectors/common/rest_client.h"
#include "connectors/common/token_keeper.h"
#include "connectors/common/uri.h"
#include "connectors/factory.h"
#include "connectors/shopee/errors.h"
#include "connectors/shopee/options.h"

namespace connectors::shopee {

// hex(HMAC-SHA256(partner_key, partner_id + path + timestamp [+ access_token + shop_id])).
std::string sign_public(const Options& options, std::string_view path, std::int64_t unix_s);
std::string sign_shop(const Options& options, std::string_view path, std::int64_t unix_s,
                      std::string_view access_token);

// A whole envelope; `error` is what it says went wrong, for callers that look inside first.
struct Answer {
  common::Json body;
  std::optional<base::Error> error;
};

// Bytes that are no JSON: a label.
struct Download {
  std::string content_type;
  std::string bytes;
};

// A token pair and what came with it.
struct Grant {
  common::Session session;
  std::vector<std::int64_t> shop_ids;  // of a main account
};

// `open` calls carry no token and are signed without one.
enum class Access { open, shop };

class Client {
 public:
  // `wire` replaces the network in tests.
  Client(Options options, const Environment& environment,
         std::shared_ptr<common::Transport> wire = nullptr);

  const Options& options() const { return options_; }
  common::UploadStore* uploads() const { return environment_.uploads; }
  base::Status check() const { return rest_.check(); }

  // Any endpoint, by its path behind /api/v2/. `get` and `write` fail with what the envelope says;
  // `attempt` leaves that to a caller who looks inside first.
  base::Result<common::Json> get(std::string_view path, const common::Query& query = {});
  base::Result<common::Json> write(std::string_view path, const std::string& body, Nature nature,
                                   Access access = Access::shop);
  base::Result<Answer> attempt(std::string_view path, const std::string& body, Nature nature);
  base::Result<Download> download(std::string_view path, const std::string& body);

  // Spends a code of the consent page; the pair is stored before this returns.
  base::Result<Grant> redeem(const std::string& code, std::string_view holder,
                             std::int64_t holder_id);
  // As stored; no call is made.
  std::optional<common::Session> session() const;
  // Adds when the consent ends to what is stored.
  base::Status note_consent_end(base::Instant ends);

  base::Result<common::Json> shop_info();
  base::Result<common::Json> logistics_channels();
  base::Result<common::Json> upload_image(std::string_view file_name, std::string_view bytes);
  base::Result<common::Json> add_item(const std::string& body);
  base::Result<common::Json> update_item(const std::string& body);
  base::Result<Answer> unlist_item(const std::string& body);
  base::Result<Answer> update_stock(const std::string& body);
  base::Result<Answer> update_price(const std::string& body);
  base::Result<common::Json> base_info(std::span<const std::string> item_ids);  // at most 50
  base::Result<common::Json> search_by_sku(std::string_view sku, std::string_view offset);
  // `updated_from_s` 0: whenever.
  base::Result<common::Json> item_list(std::string_view offset, std::size_t page_size,
                                       std::int64_t updated_from_s = 0);
  base::Result<common::Json> order_list(std::int64_t from_s, std::int64_t to_s,
                                        std::string_view cursor, std::size_t page_size);
  base::Result<common::Json> order_details(std::span<const std::string> order_sns);  // at most 50

 private:
  struct Call {
    std::string method = "GET";
    std::string path;  // from /api/v2 on
    common::Query query;
    std::string body;
    std::string content_type;
    common::CallKind kind = common::CallKind::read;
    Nature nature = Nature::read;
    Access access = Access::shop;
  };

  static Call post(std::string path, std::string body, Nature nature);
  base::Result<common::Json> fetch(const Call& call);
  base::Result<Answer> ask(const Call& call);
  base::Result<Answer> send(const Call& call, const std::string& token);
  base::Result<common::RestResponse> send_raw(const Call& call, const std::string& token);
  base::Result<Answer> read_answer(const Call& call, const common::RestResponse& response);
  common::RestRequest build(const Call& call, const std::string& token) const;
  base::Result<std::string> token();
  base::Result<std::string> token_after(const std::string& rejected);
  base::Status sign_in();
  base::Status store_session();
  base::Result<Grant> exchange(const std::string& path, common::Json body);

  const Options options_;
  const Environment environment_;
  common::RestClient rest_;
  common::Pace pace_;
  common::TokenKeeper tokens_;
  bool code_spent_ = false;
  std::optional<common::Session> signed_in_;  // obtained by the code, not stored yet
};

}  // namespace connectors::shopee
