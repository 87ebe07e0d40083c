#pragma once
// One carrier's JSON interface over RestClient: pace, a token in a header, sign-in again when it
// dies, one verdict per answer. Only the carriers' folders include this.
//
// A token that the carrier does not accept any more is renewed once and the call repeated once: it
// was refused, so it had no effect. No call is repeated for any other reason. There is no refresh
// token: renewal is a new sign-in, by TokenKeeper's rules (single flight, stored before it is
// used). Errors: RestClient, TokenKeeper, and what `judge` makes of an answer. Threads: one.
// Nothing here throws but what the session store throws, and that is caught.
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "connectors/common/json.h"
#include "connectors/common/rate_limiter.h"
#include "connectors/common/rest_client.h"
#include "connectors/common/token_keeper.h"
#include "connectors/factory.h"

namespace connectors::carriers {

enum class Nature {
  read,
  write_again,  // a second arrival changes nothing
  write_once,   // a second arrival is a second effect
};
common::Repeatable repeatable(Nature nature);

struct JsonCall {
  std::string method = "GET";
  std::string path;  // encoded, with its query
  std::optional<common::Json> body = std::nullopt;
  common::CallKind kind = common::CallKind::read;
  Nature nature = Nature::read;
};
JsonCall json_get(std::string path);
JsonCall json_post(std::string path, common::Json body, Nature nature);

// One answer, before it is judged. `body` is null when it is no JSON.
struct JsonAnswer {
  common::Json body;
  std::optional<base::Error> by_status;
  int status = 0;
};

struct JsonClientSetup {
  std::string carrier;  // "Viettel Post", for messages
  common::RestConfig rest;
  common::RateConfig rate{5.0, 5};
  std::string token_header;
  std::string fixed_token;  // made by hand in the portal; never renewed
  std::chrono::milliseconds token_life = std::chrono::hours{1};
  // What went wrong, in our words; nothing when the answer is good.
  std::optional<base::Error> (*judge)(const JsonAnswer& answer, Nature nature) = nullptr;
};

class JsonClient {
 public:
  // Gets a new token, by open calls.
  using SignIn = std::function<base::Result<std::string>(JsonClient&)>;

  // `wire` replaces the network in tests.
  JsonClient(JsonClientSetup setup, const Environment& environment, SignIn sign_in,
             std::shared_ptr<common::Transport> wire = nullptr);

  base::Status check() const { return rest_.check(); }
  base::Result<common::Json> ask(const JsonCall& call);
  // Without our token, or with that one.
  base::Result<common::Json> ask_open(const JsonCall& call, const std::string& token = {});

 private:
  // The shop's sessions; before the first one, a spent session that a sign-in renews.
  class Sessions final : public common::SessionStore {
   public:
    explicit Sessions(common::SessionStore& kept) : kept_(kept) {}
    std::optional<common::Session> load() override;
    void save(const common::Session& session) override { kept_.save(session); }

   private:
    common::SessionStore& kept_;
  };

  base::Result<common::Session> renew();
  base::Status take_turn();
  void slow_down(base::Error& error);

  const JsonClientSetup setup_;
  const Environment environment_;
  const SignIn sign_in_;
  common::RestClient rest_;
  common::RateLimiter limiter_;
  Sessions sessions_;
  common::TokenKeeper tokens_;
};

}  // namespace connectors::carriers
