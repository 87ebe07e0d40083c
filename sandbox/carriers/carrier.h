#pragma once
// What both carriers share: no listings, no orders, tokens that run out, a call log, parcels whose
// journey the driven clock walks, and callbacks that follow every step of it.
//
// A parcel's fate is set beforehand: "delivered" (the default), "returned", "redelivered" (a failed
// attempt first), "cancelled" (by the carrier), "contradiction" (delivered, then returned), "odd"
// (a code that no table names on the way).
// Threads: one mutex; `answer` runs under it. Callbacks are sent without it (wire/push.h).
#include <map>
#include <mutex>
#include <string>

#include "sandbox/carriers/book.h"
#include "sandbox/channel.h"
#include "sandbox/context.h"
#include "sandbox/wire/push.h"

namespace sandbox::carriers {

struct Reply {
  web::json::value body;
  CallLog::Kind kind = CallLog::Kind::read;
  int status = 200;
  std::string bytes = {};  // sent instead of `body` when `content_type` is set
  std::string content_type = {};
};

class Carrier : public Channel {
 public:
  Carrier(Context& context, std::string name);

  std::string name() const final { return name_; }
  server::http::Response handle(const server::http::Request& request) final;
  std::vector<Shown> shown() const final { return {}; }
  // `listings`, `orders` and `sold` are empty; "shipments" is the book, "callbacks" the outbox.
  web::json::value truth() const final;
  base::Result<Purchase> buy(const std::vector<Wish>& wishes) final;
  base::Status cancel(const std::string& order_id) final;
  base::Result<std::string> fresh_code() final;
  // What a seller sets in the carrier's portal.
  base::Status push_to(const std::string& url) final;
  std::size_t deliver_pushes() final { return outbox_.deliver_due(); }
  void tick() final;
  void reset() final;
  web::json::value save() const final;
  void load(const web::json::value& state) final;

  // {"act":"fate","parcel":"…","fate":"…"}: see set_fate.
  base::Result<web::json::value> act(const web::json::value& wanted) final;

  // Of the parcel with this tracking number or reference; "" is every new parcel from now on.
  // `invalid` for an unknown fate, `not_found` for an unknown parcel.
  base::Status set_fate(const std::string& parcel, const std::string& fate);

 protected:
  virtual Reply answer(const server::http::Request& request) = 0;
  virtual std::vector<Step> journey(const std::string& fate) const = 0;
  virtual std::string callback_body(const Parcel& parcel, const Moment& moment) const = 0;
  virtual wire::Headers callback_headers() const = 0;

  std::string new_token(base::Millis life);
  bool accepts(std::string_view token) const;
  void count_unauthorized() { calls_.count_unauthorized(); }
  base::Instant now() const { return context_.clock.now(); }
  Dice& dice() const { return context_.dice; }
  Book& book() { return book_; }
  // Into the book, on its way, and told.
  Parcel& put(Parcel parcel);
  void finish(Parcel& parcel, const std::string& code);
  void tell(const Parcel& parcel, const Moment& moment);

 private:
  void walk();

  Context& context_;
  const std::string name_;
  mutable std::mutex mutex_;
  std::map<std::string, base::Instant, std::less<>> tokens_;  // and when they end
  CallLog calls_;
  Book book_;
  std::string fate_ = "delivered";
  wire::Outbox outbox_;
};

bool is_fate(const std::string& fate);
// Digits alone.
bool is_phone(const std::string& text);
// The query parameter; empty when absent.
std::string query_param(const server::http::Request& request, const char* name);
// "24/11/2026 08:02:03", Vietnam's time, as both carriers write it.
std::string local_seconds(base::Instant at);

}  // namespace sandbox::carriers
