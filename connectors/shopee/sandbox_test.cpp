// Whole products on the sandbox's Shopee: one item, its packs as models, judged by what the shop
// shows.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "connectors/shopee/shop_test.h"

namespace contract {
namespace {

using base::ErrorCode;
using catalog::Binding;
using catalog::Sku;
using connectors::ListingContent;
using namespace std::chrono_literals;

class ShopeeProducts : public ConnectorContract {
 protected:
  ListingContent pack(const std::string& sku, const std::string& name, std::int64_t price,
                      std::int64_t stock = 40) const {
    auto one = content(sku, price, stock);
    one.product = catalog::ProductId{"thanh-long"};
    one.product_name = {"Thanh long ruột đỏ Dương Xuân", ""};
    one.pack_name = {name, ""};
    one.title = {one.product_name.vi + " - " + name, ""};
    return one;
  }
  std::vector<ListingContent> three_packs() const {
    return {pack("TL-1KG", "Túi 1 kg", 45'000, 30), pack("TL-3KG", "Túi 3 kg", 120'000, 20),
            pack("TL-5KG", "Hộp 5 kg", 185'000, 10)};
  }
  // Bound as the report says.
  std::vector<ListingContent> put(std::vector<ListingContent> batch) {
    const auto report = connector().publish(batch);
    EXPECT_FALSE(report.stopped_by.has_value()) << report.stopped_by->message;
    for (const auto& rejection : report.rejected) ADD_FAILURE() << rejection.error.message;
    EXPECT_EQ(report.accepted.size(), batch.size());
    for (const auto& accepted : report.accepted) batch[accepted.index].binding = accepted.binding;
    return batch;
  }
  sandbox::Shown only(const std::string& sku) const {
    const auto rows = shown(sku);
    EXPECT_EQ(rows.size(), 1U) << sku;
    return rows.empty() ? sandbox::Shown{} : rows.front();
  }
  // What the core does after an unknown outcome: look every SKU up, bind, publish the product.
  void finish_and_expect_one_item(std::vector<ListingContent> batch) {
    std::string item;
    std::vector<std::string> skus;
    for (auto& one : batch) {
      const auto found = connector().find(one.sku);
      ASSERT_TRUE(found.ok()) << found.error().message;
      if (found.value()) one.binding = found.value()->binding;
      if (found.value()) item = one.binding.item_id;
      skus.push_back(one.sku.text);
    }
    for (auto& one : batch) one.sibling_item_id = one.binding.empty() ? item : "";
    put(batch);
    EXPECT_EQ(items_of(skus).size(), 1U);
    for (const auto& one : batch) {
      EXPECT_TRUE(only(one.sku.text).visible) << one.sku.text;
      EXPECT_EQ(only(one.sku.text).stock, one.initial_stock) << one.sku.text;
    }
  }
  std::int64_t calls(const std::string& path) {
    const auto truth = channel().truth();
    const auto& by_path = truth.at("calls").at("by_path");
    return by_path.has_field("/api/v2/" + path)
               ? by_path.at("/api/v2/" + path).as_number().to_int64()
               : 0;
  }
  std::set<std::string> items_of(const std::vector<std::string>& skus) const {
    std::set<std::string> items;
    for (const auto& sku : skus) {
      for (const auto& row : shown(sku)) {
        items.insert(row.remote_id.substr(0, row.remote_id.find('/')));
      }
    }
    return items;
  }
};

const std::vector<std::string> kThree{"TL-1KG", "TL-3KG", "TL-5KG"};

TEST_P(ShopeeProducts, PacksOfOneProductAreModelsOfOneItem) {
  const auto made = put(three_packs());

  EXPECT_EQ(items_of(kThree).size(), 1U);
  for (const auto& one : made) {
    EXPECT_EQ(one.binding.item_id, made[0].binding.item_id);
    EXPECT_FALSE(one.binding.unit_id.empty());
    EXPECT_EQ(only(one.sku.text).price, one.price);
    EXPECT_EQ(only(one.sku.text).stock, one.initial_stock);
    EXPECT_TRUE(only(one.sku.text).visible);
    const auto found = connector().find(one.sku);
    ASSERT_TRUE(found.ok()) << found.error().message;
    ASSERT_TRUE(found.value().has_value()) << one.sku.text;
    EXPECT_EQ(found.value()->binding, one.binding);
    EXPECT_EQ(read_one(one.binding).value_or(connectors::RemoteListing{}).stock, one.initial_stock);
  }
}

TEST_P(ShopeeProducts, AProductWithOnePackStaysAPlainItem) {
  const auto made = put({three_packs()[0]});

  EXPECT_TRUE(made[0].binding.unit_id.empty());
  EXPECT_EQ(only("TL-1KG").name, made[0].title.vi);
}

TEST_P(ShopeeProducts, ALostAnswerOfAnyStepLeavesNoTwin) {
  int round = 0;
  for (const std::string path : {"/product/add_item", "/product/init_tier_variation",
                                 "/product/unlist_item", "/product/get_item_base_info"}) {
    for (const std::string kind : {"truncated", "drop", "html"}) {
      SCOPED_TRACE(path + " " + kind);
      auto batch = three_packs();
      for (auto& one : batch) {
        one.sku = Sku{one.sku.text + "-" + std::to_string(round)};
        one.product = catalog::ProductId{"product-" + std::to_string(round)};
      }
      ++round;
      fault(path, kind);
      const auto report = connector().publish(batch);
      EXPECT_TRUE(report.rejected.empty());
      if (report.stopped_by) {
        EXPECT_EQ(report.stopped_by->code, ErrorCode::unknown_outcome);
      }
      finish_and_expect_one_item(batch);
    }
  }
}

TEST_P(ShopeeProducts, AHalfMadeItemIsOffTheShelf) {
  fault("/product/init_tier_variation", "drop");

  const auto report = connector().publish(three_packs());

  ASSERT_TRUE(report.stopped_by.has_value());
  EXPECT_EQ(report.stopped_by->code, ErrorCode::unknown_outcome);
  EXPECT_FALSE(only("TL-1KG").visible) << "nobody buys what is half made";
}

TEST_P(ShopeeProducts, ASecondPackTurnsAPlainItemIntoATieredOne) {
  auto packs = three_packs();
  const auto first = put({packs[0]});
  const auto order = buy("TL-1KG", 4);
  ASSERT_FALSE(order.empty());
  packs[1].sibling_item_id = first[0].binding.item_id;

  const auto report = connector().publish({&packs[1], 1});

  ASSERT_FALSE(report.stopped_by.has_value()) << report.stopped_by->message;
  ASSERT_EQ(report.accepted.size(), 1U);
  ASSERT_EQ(report.rebound.size(), 1U);
  EXPECT_EQ(report.rebound[0].sku, Sku{"TL-1KG"});
  EXPECT_EQ(report.rebound[0].binding.item_id, first[0].binding.item_id);
  EXPECT_FALSE(report.rebound[0].binding.unit_id.empty());
  EXPECT_EQ(items_of(kThree).size(), 1U);
  EXPECT_EQ(only("TL-1KG").stock, 26) << "what was sold stays sold";
  EXPECT_TRUE(only("TL-1KG").visible);
  EXPECT_TRUE(only("TL-3KG").visible);
  EXPECT_EQ(only("TL-3KG").stock, 20);
}

TEST_P(ShopeeProducts, IdsThatWereLostWithACrashAreFoundAgainBySku) {
  auto packs = three_packs();
  packs[0] = put({packs[0]})[0];
  const auto plain = packs[0].binding;
  const auto made = put(packs);
  packs[0].binding = plain;  // as if the new ids had never been kept
  packs[1].binding = made[1].binding;
  packs[2].binding = made[2].binding;

  const auto again = put(packs);

  EXPECT_EQ(again[0].binding, made[0].binding);
  EXPECT_EQ(items_of(kThree).size(), 1U);
  EXPECT_EQ(only("TL-5KG").price, 185'000);
}

TEST_P(ShopeeProducts, AWholeProductWithAFreshPackKeepsTheIdsItHas) {
  auto packs = three_packs();
  const auto third = packs.back();
  packs.pop_back();
  auto made = put(packs);
  made.push_back(third);

  const auto again = put(made);

  EXPECT_EQ(again[0].binding, made[0].binding);
  EXPECT_EQ(again[1].binding, made[1].binding);
  EXPECT_EQ(again[2].binding.item_id, made[0].binding.item_id);
  EXPECT_EQ(items_of(kThree).size(), 1U);
  EXPECT_EQ(put(made)[2].binding, again[2].binding) << "a repeat makes no second model";
}

TEST_P(ShopeeProducts, AWithdrawnPackIsEmptyAndAWithdrawnProductHidden) {
  auto made = put(three_packs());

  made[1].visible = false;
  made = put(made);
  EXPECT_EQ(only("TL-3KG").stock, 0);
  EXPECT_TRUE(only("TL-1KG").visible);
  EXPECT_EQ(only("TL-1KG").stock, 30);

  for (auto& one : made) one.visible = false;
  put(made);
  for (const auto& sku : kThree) EXPECT_FALSE(only(sku).visible) << sku;

  for (auto& one : made) one.visible = true;
  put(made);
  EXPECT_TRUE(only("TL-5KG").visible);
}

TEST_P(ShopeeProducts, StockAndPricesOfOneItemAreOneCall) {
  const auto made = put(three_packs());
  std::vector<connectors::StockUpdate> stock;
  std::vector<connectors::PriceUpdate> prices;
  for (const auto& one : made) {
    stock.push_back({one.sku, one.binding, false, 7});
    prices.push_back({one.sku, one.binding, one.price + 1'000});
  }
  stock.push_back({Sku{"TL-KHONG"}, {made[0].binding.item_id, "888888888"}, false, 3});

  const auto set = connector().push_stock(stock);
  const auto priced = connector().push_prices(prices);

  EXPECT_EQ(set.accepted, (std::vector<std::size_t>{0, 1, 2}));
  ASSERT_EQ(set.rejected.size(), 1U);
  EXPECT_EQ(set.rejected[0].index, 3U);
  EXPECT_EQ(set.rejected[0].error.code, ErrorCode::not_found);
  EXPECT_EQ(priced.accepted.size(), 3U);
  EXPECT_EQ(calls("product/update_stock"), 1);
  EXPECT_EQ(calls("product/update_price"), 1);
  EXPECT_EQ(only("TL-3KG").stock, 7);
  EXPECT_EQ(only("TL-5KG").price, 186'000);
}

TEST_P(ShopeeProducts, PricesTooFarApartAreRefusedUnsent) {
  auto packs = three_packs();
  packs[2].price = 45'000 * 6;

  const auto report = connector().publish(packs);

  EXPECT_EQ(report.rejected.size(), 3U);
  EXPECT_EQ(calls("product/add_item"), 0);
}

TEST_P(ShopeeProducts, ErasedPacksGoAloneAndTheLastTakesTheItemAlong) {
  const auto made = put(three_packs());

  const auto one = connector().erase({&made[1].binding, 1});
  EXPECT_EQ(one.accepted.size(), 1U);
  EXPECT_TRUE(shown("TL-3KG").empty());
  EXPECT_EQ(only("TL-1KG").stock, 30);

  const std::vector<Binding> rest{made[0].binding, made[1].binding, made[2].binding};
  const auto all = connector().erase(rest);
  EXPECT_EQ(all.accepted.size(), 3U);
  EXPECT_TRUE(items_of(kThree).empty());
  EXPECT_EQ(connector().erase(rest).accepted.size(), 3U) << "gone already";
}

TEST_P(ShopeeProducts, AFreshConnectorFindsModelsThatNobodyRemembers) {
  const auto made = put(three_packs());
  const auto fresh = connect();
  ASSERT_NE(fresh, nullptr);

  const auto found = fresh->find(Sku{"TL-5KG"});
  const auto none = fresh->find(Sku{"TL-9KG"});

  ASSERT_TRUE(found.ok() && found.value().has_value());
  EXPECT_EQ(found.value()->binding, made[2].binding);
  ASSERT_TRUE(none.ok());
  EXPECT_FALSE(none.value().has_value());
}

TEST_P(ShopeeProducts, ABannedItemSaysWhy) {
  const auto made = put(three_packs());
  auto act = web::json::value::object();
  act["act"] = web::json::value::string("ban_item");
  act["sku"] = web::json::value::string("TL-1KG");
  act["reason"] = web::json::value::string("Misleading title");
  ASSERT_TRUE(channel().act(act).ok());

  const auto read = read_one(made[0].binding);

  ASSERT_TRUE(read.has_value());
  EXPECT_FALSE(read->visible);
  EXPECT_EQ(read->health, connectors::ListingHealth::refused);
  EXPECT_NE(read->health_reason.find("Misleading title"), std::string::npos);
}

TEST_P(ShopeeProducts, SeparateListingsAreOneItemEach) {
  const auto separate = connect({{"variants", "separate"}});
  ASSERT_NE(separate, nullptr);

  const auto report = separate->publish(three_packs());

  EXPECT_EQ(report.accepted.size(), 3U);
  EXPECT_EQ(items_of(kThree).size(), 3U);
  EXPECT_FALSE(separate->capabilities().groups_variants);
}

TEST_P(ShopeeProducts, APictureGoesUpOnceWhateverTheProcess) {
  publish(content("SKU-1"));
  const auto before = calls("media_space/upload_image");
  EXPECT_EQ(before, 2);

  const auto next_process = connect();
  const auto again = content("SKU-2");
  EXPECT_EQ(next_process->publish({&again, 1}).accepted.size(), 1U);

  EXPECT_EQ(calls("media_space/upload_image"), before);
}

// 0.9 of what the channel allows is used, and none of it is refused.
TEST_P(ShopeeProducts, TheAllowedPaceIsUsedAndNeverExceeded) {
  constexpr double kAllowed = 25;  // ShopeeRules
  constexpr int kRounds = 5;
  std::vector<connectors::StockUpdate> updates;
  for (int i = 0; i < 60; ++i) {
    const auto one = content("SKU-" + std::to_string(i));
    updates.push_back({one.sku, publish(one), false, 8});
  }
  const auto paced = connect({{"calls_per_second", "25"}, {"burst", "25"}});
  const auto push = [&](std::int64_t level) {
    for (auto& update : updates) update.quantity = level;
    EXPECT_EQ(paced->push_stock(updates).accepted.size(), updates.size());
  };
  const auto throttled = [&] {
    return channel().truth().at("calls").at("throttled").as_number().to_int64();
  };
  push(1);  // warm-up
  const auto calls_before = calls("product/update_stock");
  const auto throttled_before = throttled();
  const auto from = now();

  for (int round = 0; round < kRounds; ++round) push(round);

  const auto seconds = static_cast<double>((now() - from).count()) / 1'000.0;
  const auto used = calls("product/update_stock") - calls_before;
  EXPECT_EQ(throttled() - throttled_before, 0);
  EXPECT_EQ(used, kRounds * 60) << "one call an item: Shopee takes no more";
  EXPECT_GE(static_cast<double>(used) / seconds, 0.9 * kAllowed);
  EXPECT_LE(static_cast<double>(used) / seconds, 1.05 * kAllowed);
}

INSTANTIATE_TEST_SUITE_P(Shopee, ShopeeProducts, ::testing::Values(shopee_shop()), shop_name);

}  // namespace
}  // namespace contract
