#pragma once
// A random world around the guarded protocol: channels that sell by themselves, show orders late,
// lose answers, apply writes late, cancel with and without putting goods back; and a hub that does
// what catalog/exposure.h and stock_plan.h say, and nothing else. Packs sold + packs on show are
// counted in the world, not in the hub. A rule can be broken on purpose, to see that it matters.
// Threads: one per instance.
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "catalog/stock_plan.h"

namespace catalog {

enum class BrokenRule {
  none,
  bound_counted_late,      // E grows when the answer is in, not before the call
  no_lag_wait,             // an anchor is applied before late orders are in
  cancels_ignored,         // an anchor forgets cancels seen since its read
  unseen_cancels_ignored,  // … and those of orders first seen cancelled
  fall_lowers_bound,       // a confirmed fall by a delta lowers E at once
  no_dmax_wait,            // an unanswered write is read back at once
  old_bound_dropped,       // an accepted set replaces E instead of adding to it
  pooled,                  // every channel shows everything
};

struct WorldReport {
  std::string broken_promise;  // empty: every promise held after every step
  bool oversold = false;       // more packs sold than there were goods
  int steps = 0;
  int sales = 0;
  int writes = 0;
  int lost_answers = 0;
  int anchors = 0;
};

class ExposureWorld {
 public:
  ExposureWorld(std::uint64_t seed, BrokenRule broken);

  WorldReport run(int steps);
  // No more sales and every answer comes: says what did not come to rest, or nothing.
  std::string come_to_rest();

 private:
  struct Remote {
    std::size_t channel = 0;
    std::int64_t quantity = 0;  // may fall below zero by a delta; then nothing can be sold
  };
  struct Channel {
    StockWrite can = StockWrite::absolute;
    Restock restock = Restock::channel_adds_back;
    base::Millis clock_offset{0};
  };
  struct Cancel {
    std::int64_t packs = 0;
    base::Instant visible_at;
  };
  struct RemoteOrder {
    std::size_t listing = 0;
    std::int64_t packs = 0;
    base::Instant stamp;  // by the channel's clock
    base::Instant visible_at;
    std::vector<Cancel> cancels;
    bool seen = false;
    std::int64_t cancelled_seen = 0;
    bool shipped = false;

    std::int64_t cancelled() const;
    std::int64_t cancelled_visible(base::Instant now) const;
    std::int64_t live() const { return packs - cancelled(); }
  };
  struct Landing {
    std::size_t listing = 0;
    Step write;
    base::Instant at;
  };
  struct Call {
    std::size_t listing = 0;
    Step write;
    base::Instant answered_at;
    std::optional<Answer> answer;  // none: we crash and nobody waits any more
  };

  void step();
  void pass_time(base::Millis by);
  void land(const Landing& landing);
  void take_answer(const Call& call);
  void sell();
  void cancel();
  void ship();
  void change_goods();
  void pull(std::size_t channel);
  void see(RemoteOrder& order);
  void read_back(std::size_t listing);
  void finish_anchor_of(std::size_t listing);
  std::int64_t restocked_unseen(std::size_t listing) const;
  void replan();
  void push(std::size_t listing);
  void send(std::size_t listing, const Step& write);
  void use(std::size_t listing, std::int64_t packs, std::map<PoolId, std::int64_t>& into) const;
  PoolLoads loads() const { return pool_loads(balances_, listings_); }

  std::string check() const;
  bool goods_missing(bool with_shown) const;
  std::string check_bound(std::size_t listing) const;

  std::int64_t pick(std::int64_t least, std::int64_t most);
  base::Millis pick_time(base::Millis most) { return base::Millis{pick(0, most.count())}; }

  const BrokenRule broken_;
  std::mt19937_64 random_;
  base::Instant now_;
  std::vector<Channel> channels_;
  std::vector<PlannedListing> listings_;  // the hub's
  std::vector<Remote> remotes_;           // the channels', same order
  // Packs sold again after a cancel we had not seen: E stopped at zero instead of falling below.
  std::vector<std::int64_t> resold_;
  std::map<PoolId, PoolBalance> balances_;
  std::vector<RemoteOrder> orders_;
  std::vector<Landing> landings_;
  std::vector<std::optional<Call>> calls_;  // one per channel
  bool calm_ = false;
  WorldReport report_;
};

}  // namespace catalog
