#include "sandbox/buyers.h"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "sandbox/json_tools.h"

namespace sandbox {
namespace {

using web::json::value;

constexpr std::int64_t kBuyersMax = 100'000;
constexpr std::int64_t kQuantityMax = 1'000;
constexpr std::int64_t kBuyersDefault = 10;
constexpr std::int64_t kQuantityDefault = 3;
constexpr double kTakesTwoGoods = 0.3;

std::int64_t number_in(const value& wish, const char* name, std::int64_t low, std::int64_t high,
                       std::int64_t otherwise) {
  if (!wish.has_field(name)) return otherwise;
  const auto number = wish.at(name).is_integer() ? integer_in(wish, name) : std::nullopt;
  if (number && *number >= low && *number <= high) return *number;
  throw std::invalid_argument("\"" + std::string(name) + "\" must be a whole number from " +
                              std::to_string(low) + " to " + std::to_string(high));
}

std::vector<std::string> texts_in(const value& wish, const char* name) {
  std::vector<std::string> out;
  if (!wish.has_field(name)) return out;
  const auto fail = [&]() -> void {
    throw std::invalid_argument("\"" + std::string(name) + "\" must be a list of texts");
  };
  if (!wish.at(name).is_array()) fail();
  for (const auto& item : wish.at(name).as_array()) {
    if (!item.is_string()) fail();
    out.push_back(item.as_string());
  }
  return out;
}

std::vector<Channel*> open_channels(const World& world, const value& wish) {
  if (!wish.has_field("channels")) return world.channels;
  std::vector<Channel*> out;
  for (const auto& name : texts_in(wish, "channels")) {
    auto* channel = world.find(name);
    if (channel == nullptr) throw std::invalid_argument("\"" + name + "\" is no channel");
    out.push_back(channel);
  }
  return out;
}

class Crowd {
 public:
  Crowd(std::uint64_t seed, std::int64_t quantity_max, std::set<std::string> skus)
      : dice_(seed), quantity_max_(quantity_max), skus_(std::move(skus)) {}

  std::vector<Wish> choose(const Channel& channel) {
    auto goods = channel.shown();
    std::erase_if(goods, [&](const Shown& row) {
      return !row.visible || row.stock < 1 || (!skus_.empty() && !skus_.contains(row.sku));
    });
    std::vector<Wish> wishes;
    const int kinds = dice_.chance(kTakesTwoGoods) ? 2 : 1;
    for (int i = 0; i < kinds && !goods.empty(); ++i) {
      const auto last = static_cast<std::int64_t>(goods.size()) - 1;
      const auto picked = static_cast<std::size_t>(dice_.between(0, last));
      wishes.push_back({goods[picked].sku, dice_.between(1, quantity_max_)});
      goods.erase(goods.begin() + static_cast<std::ptrdiff_t>(picked));
    }
    return wishes;
  }

 private:
  Dice dice_;
  const std::int64_t quantity_max_;
  const std::set<std::string> skus_;
};

value placed_row(const Channel& channel, const Purchase& purchase,
                 const std::vector<Wish>& wishes) {
  value row;
  row["channel"] = js(channel.name());
  row["order_id"] = js(purchase.order_id);
  row["lines"] = empty_list();
  for (const auto& wish : wishes) {
    value line;
    line["sku"] = js(wish.sku);
    line["quantity"] = jn(wish.quantity);
    push(row["lines"], line);
  }
  return row;
}

}  // namespace

value run_buyers(World& world, const value& wish) {
  const auto count = number_in(wish, "count", 0, kBuyersMax, kBuyersDefault);
  const auto seed = number_in(wish, "seed", 0, INT64_MAX, 1);
  const auto quantity_max = number_in(wish, "quantity_max", 1, kQuantityMax, kQuantityDefault);
  const auto skus = texts_in(wish, "skus");
  const auto channels = open_channels(world, wish);
  Crowd crowd(static_cast<std::uint64_t>(seed), quantity_max, {skus.begin(), skus.end()});
  value out;
  out["placed"] = empty_list();
  std::int64_t refused = 0;
  for (std::int64_t i = 0; i < count && !channels.empty(); ++i) {
    auto& channel = *channels[static_cast<std::size_t>(i) % channels.size()];
    const auto wishes = crowd.choose(channel);
    const auto bought = channel.buy(wishes);
    if (bought) {
      push(out["placed"], placed_row(channel, bought.value(), wishes));
    } else {
      ++refused;
    }
  }
  out["refused"] = jn(refused);
  return out;
}

}  // namespace sandbox
