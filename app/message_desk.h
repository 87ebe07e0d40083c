#pragma once
// Where channels send their messages: POST /hooks/<account> of the daemon. A message is verified
// over its raw bytes, kept by its id, turned into a job that fetches what it speaks of, and
// answered the way the channel wants; a second copy changes nothing. Its payload is never applied
// as state. A carrier's callback (POST /hooks/<carrier>) is another thing: nobody can be asked
// instead, so that its events, once verified, are applied in the transaction that keeps them, by
// rules that stand any order and repetition (catalog/shipment.h). Errors: 401 for a signature that
// is not the channel's, 400 for what cannot be read, 503 when it could not be kept (channels send
// it again). Threads: safe.
#include "app/wiring.h"
#include "connectors/webhooks.h"
#include "server/http/server.h"

namespace app {

class MessageDesk {
 public:
  static constexpr std::string_view kPath = "/hooks/";

  explicit MessageDesk(Wiring& wiring) : wiring_(wiring) {}
  server::http::Response answer(const server::http::Request& request);

 private:
  server::http::Response answer_carrier(const server::http::Request& request,
                                        const jobs::CarrierAccount& account);
  bool keep(const jobs::Channel& channel, const connectors::WebhookEvent& event);
  bool keep(const jobs::CarrierAccount& account,
            const connectors::carriers::CallbackReading& reading);

  Wiring& wiring_;
};

}  // namespace app
