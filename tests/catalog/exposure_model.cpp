#include "tests/catalog/exposure_model.h"

#include <algorithm>
#include <limits>

namespace catalog {
namespace {

constexpr base::Millis kLag{120'000};
constexpr base::Millis kWriteLandsWithin{100'000};
constexpr base::Millis kClockSkew{5'000};
constexpr base::Millis kCallTakes{30'000};
constexpr base::Millis kStepTakes{20'000};
constexpr std::size_t kChannels = 4;

PlannedListing listing_of(std::size_t channel, const std::string& sku,
                          std::vector<RecipeItem> recipe, StockPolicy policy) {
  PlannedListing out;
  out.stock.account = AccountId{"channel-" + std::to_string(channel)};
  out.stock.sku = Sku{sku};
  out.recipe = std::move(recipe);
  out.policy = policy;
  return out;
}

}  // namespace

std::int64_t ExposureWorld::RemoteOrder::cancelled() const {
  std::int64_t sum = 0;
  for (const auto& cancel : cancels) sum += cancel.packs;
  return sum;
}

std::int64_t ExposureWorld::RemoteOrder::cancelled_visible(base::Instant now) const {
  std::int64_t sum = 0;
  for (const auto& cancel : cancels) sum += cancel.visible_at <= now ? cancel.packs : 0;
  return sum;
}

ExposureWorld::ExposureWorld(std::uint64_t seed, BrokenRule broken)
    : broken_(broken), random_(seed), now_(base::from_unix_ms(1'795'000'000'000)) {
  const auto policy = broken == BrokenRule::pooled ? StockPolicy::pooled : StockPolicy::guarded;
  channels_.resize(kChannels);
  calls_.resize(kChannels);
  channels_[1].can = StockWrite::absolute_and_delta;
  channels_[2].restock = Restock::channel_does_not;
  for (auto& channel : channels_) {
    channel.clock_offset = base::Millis{pick(-kClockSkew.count(), kClockSkew.count())};
  }
  const PoolId fruit{"fruit"};
  const PoolId jars{"jars"};
  for (std::size_t channel = 0; channel < kChannels; ++channel) {
    listings_.push_back(listing_of(channel, "BAG", {{fruit, 1}}, policy));
    const bool baskets = channel >= kChannels / 2;
    listings_.push_back(baskets ? listing_of(channel, "BASKET", {{fruit, 1}, {jars, 2}}, policy)
                                : listing_of(channel, "BOX", {{fruit, 3}}, policy));
    remotes_.push_back({channel, 0});
    remotes_.push_back({channel, 0});
  }
  resold_.resize(listings_.size());
  balances_[fruit].on_hand = pick(5, 60);
  balances_[jars].on_hand = pick(4, 20);
}

std::int64_t ExposureWorld::pick(std::int64_t least, std::int64_t most) {
  return std::uniform_int_distribution<std::int64_t>(least, most)(random_);
}

WorldReport ExposureWorld::run(int steps) {
  for (report_.steps = 0; report_.steps < steps; ++report_.steps) {
    step();
    report_.oversold = report_.oversold || goods_missing(/*with_shown=*/false);
    report_.broken_promise = check();
    if (report_.oversold) break;
    if (!report_.broken_promise.empty() && broken_ == BrokenRule::none) break;
  }
  return report_;
}

void ExposureWorld::step() {
  pass_time(pick_time(kStepTakes));
  const auto listing = static_cast<std::size_t>(pick(0, std::ssize(listings_) - 1));
  const auto what = pick(0, 99);
  if (what < 30) {
    sell();
  } else if (what < 38) {
    cancel();
  } else if (what < 42) {
    ship();
  } else if (what < 45) {
    change_goods();
  } else if (what < 57) {
    pull(remotes_[listing].channel);
    replan();
  } else if (what < 70) {
    read_back(listing);
  } else if (what < 74) {
    replan();
  } else {
    push(listing);
  }
}

// Writes land and answers arrive, in that order, as time passes.
void ExposureWorld::pass_time(base::Millis by) {
  now_ += by;
  std::stable_sort(landings_.begin(), landings_.end(),
                   [](const auto& a, const auto& b) { return a.at < b.at; });
  while (!landings_.empty() && landings_.front().at <= now_) {
    const auto landing = landings_.front();
    landings_.erase(landings_.begin());
    land(landing);
  }
  for (auto& call : calls_) {
    if (!call || call->answered_at > now_) continue;
    const auto answered = *call;
    call.reset();
    take_answer(answered);
  }
}

void ExposureWorld::land(const Landing& landing) {
  auto& quantity = remotes_[landing.listing].quantity;
  const bool absolute = landing.write.kind == StepKind::set;
  quantity = absolute ? landing.write.value : quantity + landing.write.value;
}

void ExposureWorld::take_answer(const Call& call) {
  auto& stock = listings_[call.listing].stock;
  const bool raises = call.write.value > 0;
  if (broken_ == BrokenRule::bound_counted_late && raises) stock.exposure += call.write.value;
  if (!call.answer) return;
  close_attempt(stock, *call.answer);
  const bool fell = call.write.kind == StepKind::delta && call.write.value < 0;
  if (broken_ == BrokenRule::fall_lowers_bound && fell && *call.answer == Answer::accepted) {
    stock.exposure = std::max<std::int64_t>(0, stock.exposure + call.write.value);
  }
  const bool replaced = call.write.kind == StepKind::set && *call.answer == Answer::accepted;
  if (broken_ == BrokenRule::old_bound_dropped && replaced) stock.exposure = call.write.value;
}

void ExposureWorld::sell() {
  const auto listing = static_cast<std::size_t>(pick(0, std::ssize(listings_) - 1));
  auto& remote = remotes_[listing];
  if (remote.quantity <= 0) return;
  RemoteOrder order;
  order.listing = listing;
  order.packs = pick(1, std::min<std::int64_t>(remote.quantity, 5));
  order.stamp = now_ + channels_[remote.channel].clock_offset;
  order.visible_at = now_ + pick_time(kLag);
  remote.quantity -= order.packs;
  orders_.push_back(order);
  ++report_.sales;
}

void ExposureWorld::cancel() {
  if (orders_.empty()) return;
  auto& order = orders_[static_cast<std::size_t>(pick(0, std::ssize(orders_) - 1))];
  if (order.shipped || order.live() == 0) return;
  const auto packs = pick(1, order.live());
  order.cancels.push_back({packs, now_ + pick_time(kLag)});
  auto& remote = remotes_[order.listing];
  const bool back = channels_[remote.channel].restock == Restock::channel_adds_back;
  if (back) remote.quantity += packs;
}

void ExposureWorld::ship() {
  for (auto& order : orders_) {
    const bool known = order.seen && order.cancelled() == order.cancelled_seen;
    if (!known || order.shipped || order.live() == 0 || pick(0, 2) != 0) continue;
    order.shipped = true;
    std::map<PoolId, std::int64_t> units;
    use(order.listing, order.live(), units);
    for (const auto& [pool, amount] : units) {
      balances_[pool].on_hand -= amount;
      balances_[pool].reserved -= amount;
    }
    return;
  }
}

// Goods come in; goods are taken out as far as nobody may have been promised them.
void ExposureWorld::change_goods() {
  const auto present = loads();
  for (auto& [pool, balance] : balances_) {
    if (pick(0, 2) == 0) {
      balance.on_hand += pick(1, 8);
    } else if (const auto room = present.at(pool).room(); room > 0) {
      balance.on_hand -= pick(0, std::min<std::int64_t>(room, 6));
    }
  }
}

void ExposureWorld::pull(std::size_t channel) {
  if (calls_[channel]) return;  // one job per account at a time
  for (auto& order : orders_) {
    if (remotes_[order.listing].channel == channel) see(order);
  }
  for (std::size_t i = 0; i < listings_.size(); ++i) {
    if (remotes_[i].channel == channel) finish_anchor_of(i);
  }
}

void ExposureWorld::see(RemoteOrder& order) {
  if (order.visible_at > now_ || order.shipped) return;
  auto& stock = listings_[order.listing].stock;
  const auto cancelled = order.cancelled_visible(now_);
  std::int64_t reserved_packs = 0;
  if (!order.seen) {
    order.seen = true;
    reserved_packs = order.packs - cancelled;
    if (broken_ != BrokenRule::unseen_cancels_ignored)
      note_cancelled_unseen(stock, cancelled, order.stamp, kClockSkew,
                            channels_[remotes_[order.listing].channel].restock);
    if (reserved_packs > 0) {
      resold_[order.listing] +=
          apply_sale(stock, reserved_packs, order.stamp, kClockSkew).beyond_exposure;
    }
  } else if (cancelled > order.cancelled_seen) {
    reserved_packs = order.cancelled_seen - cancelled;
    apply_cancel(stock, -reserved_packs, channels_[remotes_[order.listing].channel].restock);
  }
  order.cancelled_seen = cancelled;
  std::map<PoolId, std::int64_t> units;
  use(order.listing, reserved_packs, units);
  for (const auto& [pool, amount] : units) balances_[pool].reserved += amount;
}

void ExposureWorld::finish_anchor_of(std::size_t listing) {
  auto& stock = listings_[listing].stock;
  const bool had_anchor = stock.anchor_at.has_value();
  const auto exact_before = stock.exposure - resold_[listing];
  if (broken_ == BrokenRule::cancels_ignored) stock.cancelled_after_anchor = 0;
  const auto lag = broken_ == BrokenRule::no_lag_wait ? base::Millis{0} : kLag;
  if (finish_anchor(stock, now_, lag)) ++report_.anchors;
  const bool applied = had_anchor && !stock.anchor_at;
  if (applied) resold_[listing] = stock.exposure - std::min(exact_before, stock.shown);
}

void ExposureWorld::read_back(std::size_t listing) {
  auto& stock = listings_[listing].stock;
  if (calls_[remotes_[listing].channel]) return;
  if (!wants_anchor(stock) && pick(0, 5) != 0 && !calm_) return;
  if (stock.attempt == Attempt::sent) close_attempt(stock, Answer::unknown);
  const bool waits = stock.attempt == Attempt::unknown && broken_ != BrokenRule::no_dmax_wait;
  if (waits && now_ < readable_from(stock, kWriteLandsWithin)) return;
  begin_anchor(stock, remotes_[listing].quantity, now_);
}

void ExposureWorld::replan() {
  const auto targets = plan_targets(loads(), listings_);
  for (std::size_t i = 0; i < targets.size(); ++i) {
    auto& stock = listings_[i].stock;
    if (stock.target == targets[i]) continue;
    stock.target = targets[i];
    ++stock.want_version;
  }
}

void ExposureWorld::push(std::size_t listing) {
  const auto channel = remotes_[listing].channel;
  if (calls_[channel]) return;
  auto& planned = listings_[listing];
  const auto room = planned.policy == StockPolicy::pooled ? std::numeric_limits<std::int64_t>::max()
                                                          : room_packs(loads(), planned.recipe);
  const auto next = next_step(planned.stock, room, channels_[channel].can);
  if (next.kind == StepKind::none) planned.stock.target = planned.stock.shown;
  if (next.kind == StepKind::none || next.kind == StepKind::wait) return;
  const auto bound_before = planned.stock.exposure;
  open_attempt(planned.stock, next, now_);
  if (broken_ == BrokenRule::bound_counted_late) planned.stock.exposure = bound_before;
  send(listing, next);
}

void ExposureWorld::send(std::size_t listing, const Step& write) {
  ++report_.writes;
  Call call{listing, write, now_ + pick_time(kCallTakes), Answer::accepted};
  const auto fate = calm_ ? 0 : pick(0, 99);
  if (fate < 60) {
    landings_.push_back({listing, write, now_ + pick_time(call.answered_at - now_)});
  } else if (fate < 70) {
    call.answer = Answer::refused;
  } else {
    ++report_.lost_answers;
    call.answer = fate < 92 ? std::optional(Answer::unknown) : std::nullopt;
    const bool lands = pick(0, 9) < 7;
    if (lands) landings_.push_back({listing, write, now_ + pick_time(kWriteLandsWithin)});
  }
  calls_[remotes_[listing].channel] = call;
}

void ExposureWorld::use(std::size_t listing, std::int64_t packs,
                        std::map<PoolId, std::int64_t>& into) const {
  for (const auto& item : listings_[listing].recipe) into[item.pool] += packs * item.base_units;
}

std::string ExposureWorld::check() const {
  if (goods_missing(/*with_shown=*/true)) return "sold and still on show exceed the goods";
  std::map<PoolId, std::int64_t> resold;
  for (std::size_t i = 0; i < listings_.size(); ++i) use(i, resold_[i], resold);
  for (const auto& [pool, load] : loads()) {
    if (load.room() + resold[pool] < 0) return "invariant (1) broken for pool " + pool.text;
  }
  for (std::size_t i = 0; i < listings_.size(); ++i) {
    auto problem = check_bound(i);
    if (!problem.empty()) return problem;
  }
  return {};
}

bool ExposureWorld::goods_missing(bool with_shown) const {
  std::map<PoolId, std::int64_t> needed;
  for (const auto& order : orders_) {
    if (!order.shipped) use(order.listing, order.live(), needed);
  }
  for (std::size_t i = 0; with_shown && i < remotes_.size(); ++i) {
    use(i, std::max<std::int64_t>(0, remotes_[i].quantity), needed);
  }
  return std::any_of(needed.begin(), needed.end(), [&](const auto& entry) {
    return entry.second > balances_.at(entry.first).on_hand;
  });
}

std::int64_t ExposureWorld::restocked_unseen(std::size_t listing) const {
  if (channels_[remotes_[listing].channel].restock == Restock::channel_does_not) return 0;
  std::int64_t packs = 0;
  for (const auto& order : orders_) {
    const bool ours = order.listing == listing && order.seen;
    if (ours) packs += order.cancelled() - order.cancelled_seen;
  }
  return packs;
}

// On show + sold unseen <= E + restocked unseen; and no sale beyond E but from such a restock.
std::string ExposureWorld::check_bound(std::size_t listing) const {
  const auto& stock = listings_[listing].stock;
  const auto exact = stock.exposure - resold_[listing];
  const auto restocked = restocked_unseen(listing);
  std::int64_t reachable = remotes_[listing].quantity;
  for (const auto& order : orders_) {
    if (order.listing == listing && !order.seen) reachable += order.live();
  }
  const auto name = stock.account.text + "/" + stock.sku.text;
  if (stock.exposure < 0) return name + " has a negative bound";
  if (reachable <= exact + restocked) return {};
  return name + " can sell " + std::to_string(reachable) + ", bound " + std::to_string(exact) +
         " + " + std::to_string(restocked);
}

std::string ExposureWorld::come_to_rest() {
  constexpr int kRounds = 60;
  calm_ = true;
  for (int round = 0; round < kRounds; ++round) {
    for (std::size_t i = 0; i < listings_.size(); ++i) {
      pass_time(kLag + kCallTakes);
      read_back(i);
      pass_time(kLag + kCallTakes);
      pull(remotes_[i].channel);
      replan();
      push(i);
      auto problem = check();
      if (!problem.empty()) return problem;
    }
  }
  pass_time(kLag + kCallTakes);
  for (std::size_t i = 0; i < listings_.size(); ++i) {
    const auto& stock = listings_[i].stock;
    const auto shown = std::max<std::int64_t>(0, remotes_[i].quantity);
    if (stock.attempt == Attempt::none && stock.shown == shown && stock.exposure == shown) continue;
    return stock.account.text + "/" + stock.sku.text + " shows " + std::to_string(shown) +
           ", believed " + std::to_string(stock.shown) + ", bound " +
           std::to_string(stock.exposure) + ", target " + std::to_string(stock.target);
  }
  return {};
}

}  // namespace catalog
