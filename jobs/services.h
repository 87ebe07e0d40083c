#pragma once
// What a handler works with: the store, the clock, and each account's connector with its timing.
// Owned by app/wiring; outlives the engine. Threads: one job per account at a time, so a channel's
// connector is never called from two threads at once.
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "connectors/carriers/carrier.h"
#include "connectors/channel_maps.h"
#include "connectors/connector.h"
#include "jobs/offers.h"
#include "jobs/store.h"

namespace jobs {

// Assumptions of the guarded protocol, per account; measured and configured, never guessed in code.
struct Timing {
  base::Millis lag{120'000};                 // an order surfaces at most this long after it is made
  base::Millis settle{0};                    // orders younger than this are not asked for
  base::Millis overlap{600'000};             // asked for again, each pull
  base::Millis clock_skew{5'000};            // the channel's clock against ours
  base::Millis write_lands_within{120'000};  // Dmax: an unanswered write lands by then or never
};

struct Channel {
  catalog::AccountId account;
  std::shared_ptr<connectors::Connector> connector;
  Timing timing;
  connectors::ChannelMaps maps = {};
  std::string hook_url =
      {};  // where the channel was told to send messages; its signature covers it
  std::vector<Offer> offers = {};  // of the account's campaign file
};

// One account at a carrier. Its name is no shop's: jobs and sessions are kept under it.
struct CarrierAccount {
  catalog::AccountId id;
  std::string kind;  // "viettelpost", "vnpost"
  std::string name;  // as people call it: "Viettel Post"
  std::shared_ptr<connectors::carriers::Carrier> carrier;
};

// Keeps a text so that only this installation can read it. `about` is bound to it: opening it under
// another name fails. Threads: safe.
class Sealer {
 public:
  virtual ~Sealer() = default;
  virtual std::string seal(std::string_view about, std::string_view plain) const = 0;
  // Nullopt: not sealed here, or not about this.
  virtual std::optional<std::string> open(std::string_view about,
                                          std::string_view sealed) const = 0;
};

// Work seen from outside: progress lines, the summary of a sync, the log.
class Observer {
 public:
  virtual ~Observer() = default;
  virtual void job_started(const Job& job) = 0;
  virtual void job_finished(const Job& job, const Outcome& outcome) = 0;
  // One step of a job that moved `items` things; `what` is a stable word: "orders", "stock", …
  virtual void moved(const catalog::AccountId& account, const std::string& what,
                     std::int64_t items) = 0;
  // Something a person should read; the job goes on.
  virtual void notice(const catalog::AccountId& account, const base::Error& error) = 0;
};

struct Services {
  Store& store;
  base::Clock& clock;
  Observer& observer;
  std::vector<Channel> channels;
  std::string image_root;  // image files of products are relative to it
  std::vector<CarrierAccount> carriers = {};
  const Sealer* sealer = nullptr;  // null: nothing sealed can be read

  const Channel* channel(const catalog::AccountId& account) const;
  const CarrierAccount* carrier(const catalog::AccountId& account) const;
};

// Handed to a running handler.
struct JobContext {
  Services& services;
  const Channel& channel;
  const Job& job;
  // Renews the lease; false: the lease was lost, stop and drop the result.
  std::function<bool()> keep_alive;
  // True once the engine is asked to stop: finish the step, then return.
  std::function<bool()> stopping;
};

// Handed to a handler that works with a carrier.
struct CarrierContext {
  Services& services;
  const CarrierAccount& account;
  const Job& job;
  std::function<bool()> keep_alive;
  std::function<bool()> stopping;
};

}  // namespace jobs
