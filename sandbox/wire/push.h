#pragma once
// The push sender that both vendors share: messages wait for their time on the driven clock, are
// posted to the seller's address, and are tried again by the vendor's schedule until they are lost.
//
//   Outbox outbox(context, "shopee", {.retry_after = {300s, 1800s, 10800s}}, sign);
//   outbox.set_url("http://127.0.0.1:9000/hooks/shopee");
//   outbox.add({.kind = "3", .about = "251009A1B2C3D4", .body = json});
//   outbox.deliver_due();      // blocks; the host calls it again and again
//
// `body` goes out byte for byte; `sign` makes the headers for each attempt. A 2xx within
// `answer_within` is an acknowledgement, with `empty_2xx` only when its body is empty.
// Fault rules for path "push/<kind>" (context.h): "push_lost" never leaves and is never
// lost-listed, "push_twice" goes out twice, "push_late" goes out `delay_ms` later, so that others
// overtake it. Limits: kPushesKept messages; the oldest settled ones are forgotten first. Threads:
// safe. deliver_due runs one at a time and posts without holding the lock.
#include <chrono>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "sandbox/context.h"
#include "sandbox/wire/json.h"
#include "sandbox/wire/post.h"

namespace sandbox::wire {

inline constexpr std::size_t kPushesKept = 5'000;

enum class Acknowledgement { any_2xx, empty_2xx };

struct Message {
  std::string kind;   // the vendor's code, as text
  std::string about;  // an order, an item: for the reader of the record
  std::string body;
};

struct PushRules {
  std::vector<std::chrono::seconds> retry_after;  // from the failed attempt to the next
  std::chrono::milliseconds answer_within{3'000};
  Acknowledgement acknowledgement = Acknowledgement::empty_2xx;
  // The body of a later attempt, where the vendor tells the newest state; empty: as it was made.
  // Called without the outbox's lock.
  std::function<std::string(const Message&)> renew = {};
};

struct Attempt {
  std::int64_t at_ms = 0;
  int status = 0;
  std::string problem;  // "": acknowledged
};

struct Push {
  std::int64_t id = 0;
  Message message;
  std::string state;  // waiting, delivered, lost, dropped (by a fault), confirmed (was lost)
  std::int64_t made_ms = 0;
  std::int64_t due_ms = 0;
  std::vector<Attempt> attempts;
};

class Outbox {
 public:
  using Sign = std::function<Headers(const std::string& url, const std::string& body)>;
  using Post = std::function<Answer(const Letter&)>;

  Outbox(Context& context, std::string channel, PushRules rules, Sign sign, Post post = wire::post);

  void set_url(const std::string& url);  // "": nobody listens, nothing is made
  std::string url() const;
  void add(const Message& message);
  // Posts once, now, outside the record: the vendor's test of an address. The problem, or "".
  std::string probe(const std::string& url, const std::string& body) const;
  // Posts what is due; the number of attempts made.
  std::size_t deliver_due();
  // Attempts since `since_ms`, and how many of them were acknowledged.
  struct Share {
    std::int64_t attempts = 0;
    std::int64_t acknowledged = 0;
  };
  Share share_since(std::int64_t since_ms) const;
  // Messages whose last attempt failed, made since `since_ms`, oldest first.
  std::vector<Push> lost(std::int64_t since_ms, std::size_t limit) const;
  void confirm_lost_through(std::int64_t id);
  void reset();

  // {"url","made","delivered","lost","dropped","waiting",
  //  "messages":[{id,kind,about,state,made_at,due_at,body,attempts:[{at,status,problem}]}]}
  Json truth() const;
  Json save() const;
  void load(const Json& saved);

 private:
  Letter letter_for(const std::string& url, const std::string& body) const;
  std::string verdict(const Answer& answer) const;
  std::int64_t now_ms() const;
  void put(const Message& message, const std::string& state, std::int64_t due_ms);
  void rewrite(std::int64_t id, const std::string& body);
  void settle(std::int64_t id, const Attempt& attempt);
  void make_room();

  Context& context_;
  const std::string channel_;
  const PushRules rules_;
  const Sign sign_;
  const Post post_;
  std::mutex delivering_;
  mutable std::mutex mutex_;
  std::string url_;
  std::deque<Push> pushes_;
  std::int64_t next_id_ = 1;
};

}  // namespace sandbox::wire
