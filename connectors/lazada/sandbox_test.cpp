// The whole connector against the simulated Lazada, judged by what the sandbox shows and sells.
#include "tests/contract/lazada_shop.h"

#include <fstream>
#include <numeric>

#include "base/time_text.h"
#include "connectors/after_sale.h"
#include "connectors/consent.h"
#include "connectors/featuring.h"
#include "connectors/fulfilment.h"
#include "connectors/lazada/webhooks.h"
#include "connectors/listing_rules.h"

namespace contract {
namespace {

using base::ErrorCode;
using catalog::Binding;
using catalog::OrderStatus;
using catalog::Sku;
using connectors::CancelReason;
using connectors::Decision;
using connectors::ListingContent;
using connectors::ListingHealth;
using namespace std::chrono_literals;

class LazadaSandbox : public ConnectorContract {
 protected:
  web::json::value act(const std::string& wish) {
    const auto done = channel().act(web::json::value::parse(wish));
    EXPECT_TRUE(done.ok()) << wish << ": " << (done.ok() ? "" : done.error().message);
    return done.ok() ? done.value() : web::json::value{};
  }
  ListingContent pack(const std::string& sku, const std::string& words,
                      std::int64_t price = 65'000) const {
    auto one = content(sku, price);
    one.product = catalog::ProductId{"thanh-long"};
    one.product_name = {"Thanh long ruột đỏ Dương Xuân", "Red dragon fruit"};
    one.pack_name = {words, ""};
    return one;
  }
  std::vector<Binding> publish_all(const std::vector<ListingContent>& batch) {
    const auto report = connector().publish(batch);
    if (report.stopped_by) ADD_FAILURE() << report.stopped_by->message;
    for (const auto& rejection : report.rejected) ADD_FAILURE() << rejection.error.message;
    std::vector<Binding> bindings(batch.size());
    for (const auto& one : report.accepted) bindings[one.index] = one.binding;
    return bindings;
  }
  std::string item_shown(const std::string& sku) const {
    const auto rows = shown(sku);
    return rows.empty() ? "" : rows.front().remote_id.substr(0, rows.front().remote_id.find('/'));
  }
  std::int64_t stock_shown(const std::string& sku) const {
    return shown(sku).empty() ? -1 : shown(sku).front().stock;
  }
  catalog::Order one_order(const std::string& id) {
    const auto page = connector().fetch_orders({&id, 1});
    EXPECT_TRUE(page.ok()) << page.error().message;
    if (!page || page.value().orders.size() != 1) return {};
    return page.value().orders.front();
  }
  connectors::Fulfilment& parcels() { return *connector().fulfilment(); }
  std::int64_t calls(const std::string& path) {
    const auto by_path = channel().truth().at("calls").at("by_path");
    return by_path.has_field(path) ? by_path.at(path).as_number().to_int64() : 0;
  }
};

TEST_P(LazadaSandbox, AConsentIsSpentOnceAndItsEndStays) {
  auto* consent = connector().consent();
  ASSERT_NE(consent, nullptr);
  const auto code = channel().fresh_code();
  ASSERT_TRUE(code.ok());

  const auto info = consent->redeem({{"code", code.value()}});

  ASSERT_TRUE(info.ok()) << info.error().message;
  EXPECT_EQ(info.value().remote_id, "200166");
  const auto first = consent->state();
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(consent->redeem({{"code", code.value()}}).error().code, ErrorCode::unauthorized);
  pass(GetParam().access_token_life - 1h);
  ASSERT_TRUE(connector().test().ok());
  const auto renewed = consent->state();
  ASSERT_TRUE(renewed.has_value());
  EXPECT_GT(renewed->access_ends, first->access_ends);
  EXPECT_LE(renewed->renewal_ends, first->renewal_ends) << "no renewal extends the consent";
  pass(200 * 24h);
  EXPECT_EQ(connector().test().error().code, ErrorCode::unauthorized);
}

TEST_P(LazadaSandbox, PacksOfOneProductAreSkusOfOneProduct) {
  const auto bindings = publish_all({pack("TL-1KG", "Túi 1 kg"), pack("TL-5KG", "Hộp 5 kg")});
  EXPECT_EQ(bindings[0].item_id, bindings[1].item_id);
  EXPECT_EQ(item_shown("TL-1KG"), item_shown("TL-5KG"));
  EXPECT_EQ(calls("/product/create"), 1);

  auto third = pack("TL-10KG", "Thùng 10 kg");
  third.sibling_item_id = bindings[0].item_id;
  const auto joined = publish_all({third});

  EXPECT_EQ(joined[0].item_id, bindings[0].item_id);
  EXPECT_EQ(item_shown("TL-10KG"), item_shown("TL-5KG"));
  EXPECT_EQ(shown("TL-10KG").front().name, "Thanh long ruột đỏ Dương Xuân");
  buy("TL-10KG", 2);
  EXPECT_EQ(stock_shown("TL-10KG"), 38);
  EXPECT_EQ(stock_shown("TL-5KG"), 40);
}

TEST_P(LazadaSandbox, ALostCreateOfManyPacksLeavesNoTwin) {
  fault("/product/create", "truncated");
  std::vector<ListingContent> batch{pack("TL-1KG", "Túi 1 kg"), pack("TL-5KG", "Hộp 5 kg")};
  const auto lost = connector().publish(batch);
  ASSERT_TRUE(lost.stopped_by.has_value());
  EXPECT_EQ(lost.stopped_by->code, ErrorCode::unknown_outcome);

  for (auto& one : batch) {
    const auto found = connector().find(one.sku);
    ASSERT_TRUE(found.ok() && found.value().has_value());
    one.binding = found.value()->binding;
  }
  publish_all(batch);

  EXPECT_EQ(shown("TL-1KG").size(), 1U);
  EXPECT_EQ(shown("TL-5KG").size(), 1U);
}

TEST_P(LazadaSandbox, ALostPackThatJoinedIsBoundAndNotMadeTwice) {
  const auto bindings = publish_all({pack("TL-1KG", "Túi 1 kg")});
  auto second = pack("TL-5KG", "Hộp 5 kg");
  second.sibling_item_id = bindings[0].item_id;
  fault("/product/create", "truncated");
  EXPECT_TRUE(connector().publish({&second, 1}).stopped_by.has_value());

  const auto again = publish_all({second});

  EXPECT_EQ(again[0].item_id, bindings[0].item_id);
  EXPECT_EQ(shown("TL-5KG").size(), 1U);
}

TEST_P(LazadaSandbox, OnePackIsHiddenOrErasedAndTheOthersStay) {
  std::vector<ListingContent> batch{pack("TL-1KG", "Túi 1 kg"), pack("TL-5KG", "Hộp 5 kg"),
                                    pack("TL-10KG", "Thùng 10 kg")};
  const auto bindings = publish_all(batch);
  for (std::size_t i = 0; i < batch.size(); ++i) batch[i].binding = bindings[i];
  batch[0].visible = false;
  publish_all(batch);
  EXPECT_FALSE(shown("TL-1KG").front().visible);
  EXPECT_TRUE(shown("TL-5KG").front().visible);
  EXPECT_EQ(read_one(bindings[0])->health, ListingHealth::hidden);

  const auto erased = connector().erase({&bindings[1], 1});
  const auto again = connector().erase({&bindings[1], 1});

  EXPECT_EQ(erased.accepted.size(), 1U);
  EXPECT_EQ(again.accepted.size(), 1U) << "gone already";
  EXPECT_TRUE(shown("TL-5KG").empty());
  EXPECT_TRUE(shown("TL-10KG").front().visible);
  const Binding whole{bindings[0].item_id, ""};
  EXPECT_EQ(connector().erase({&whole, 1}).accepted.size(), 1U);
  EXPECT_TRUE(shown("TL-10KG").empty());
}

TEST_P(LazadaSandbox, ACampaignKeepsItsUnitsAndTheReasonSaysSo) {
  const auto binding = publish(content("TL-DO-5KG"));
  act(R"({"act":"campaign","sku":"TL-DO-5KG","quantity":15})");
  const connectors::StockUpdate lower{Sku{"TL-DO-5KG"}, binding, false, 3};
  const connectors::StockUpdate higher{Sku{"TL-DO-5KG"}, binding, false, 50};

  const auto refused = connector().push_stock({&lower, 1});

  ASSERT_EQ(refused.rejected.size(), 1U);
  EXPECT_NE(refused.rejected[0].error.message.find("keeps 15 packs"), std::string::npos);
  EXPECT_EQ(stock_shown("TL-DO-5KG"), 15) << "as few as the campaign allows";
  EXPECT_EQ(connector().push_stock({&higher, 1}).accepted.size(), 1U);
  EXPECT_EQ(stock_shown("TL-DO-5KG"), 50);
}

TEST_P(LazadaSandbox, EveryShapeOfAPartialFailureEndsInTheWantedStock) {
  for (const std::string rules :
       {R"({"detail":"seller_sku"})", R"({"detail":"sku"})", R"({"detail":"field"})",
        R"({"batch":"apply_none"})", R"({"codes":"number"})", R"({"scalars":"texts"})"}) {
    act(R"({"act":"rules","rules":)" + rules + "}");
    std::vector<connectors::StockUpdate> batch;
    for (int i = 0; i < 4; ++i) {
      const auto sku = "SKU-" + std::to_string(i) + "-" + std::to_string(rules.size()) +
                       std::to_string(std::hash<std::string>{}(rules) % 1'000);
      batch.push_back({Sku{sku}, publish(content(sku)), false, 7 + i});
    }
    batch.push_back({Sku{"KHONG-CO"}, {"999999999", "888888888"}, false, 5});
    std::vector<bool> done(batch.size(), false);
    for (int round = 0; round < 3; ++round) {
      std::vector<connectors::StockUpdate> open;
      std::vector<std::size_t> place;
      for (std::size_t i = 0; i < batch.size(); ++i) {
        if (!done[i]) place.push_back(i);
        if (!done[i]) open.push_back(batch[i]);
      }
      if (open.empty()) break;
      const auto report = connector().push_stock(open);
      for (const auto index : report.accepted) done[place[index]] = true;
      for (const auto& one : report.rejected) {
        EXPECT_EQ(place[one.index], 4U) << rules << ": " << one.error.message;
        done[place[one.index]] = true;
      }
    }
    for (int i = 0; i < 4; ++i) {
      EXPECT_EQ(stock_shown(batch[static_cast<std::size_t>(i)].sku.text), 7 + i) << rules;
    }
  }
}

TEST_P(LazadaSandbox, APriceThatJumpsArrivesWithoutAReview) {
  act(R"({"act":"rules","rules":{"price_jump":"back_to_review","review_s":3600}})");
  const auto binding = publish(content("TL-DO-5KG", 65'000));
  pass(2h);
  const connectors::PriceUpdate update{Sku{"TL-DO-5KG"}, binding, 250'000};

  const auto report = connector().push_prices({&update, 1});

  EXPECT_EQ(report.accepted.size(), 1U);
  EXPECT_EQ(shown("TL-DO-5KG").front().price, 250'000);
  EXPECT_TRUE(shown("TL-DO-5KG").front().visible) << "never sent back to review";
}

TEST_P(LazadaSandbox, WhatQualityControlSaysIsRead) {
  const auto binding = publish(content("TL-DO-5KG"));
  act(R"({"act":"review","sku":"TL-DO-5KG","verdict":"reject","reason":"Ảnh mờ"})");

  const auto listing = read_one(binding);

  ASSERT_TRUE(listing.has_value());
  EXPECT_EQ(listing->health, ListingHealth::refused);
  EXPECT_EQ(listing->health_reason, "Reject: Ảnh mờ");
  EXPECT_FALSE(listing->visible);
}

TEST_P(LazadaSandbox, AnOrderIsShippedOnceWithNumberAndLabel) {
  publish(content("TL-DO-5KG", 185'000, 10));
  const auto id = buy("TL-DO-5KG", 3);
  ASSERT_FALSE(parcels().choices(id).value().empty());

  const auto shipped = parcels().ship({id, {}, {}, {}, {}});
  const auto again = parcels().ship({id, {}, {}, {}, {}});

  ASSERT_TRUE(shipped.ok()) << shipped.error().message;
  ASSERT_EQ(shipped.value().size(), 1U);
  EXPECT_TRUE(shipped.value()[0].ready);
  EXPECT_FALSE(shipped.value()[0].tracking_number.empty());
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again.value()[0].package_id, shipped.value()[0].package_id);
  EXPECT_EQ(calls("/order/fulfill/pack"), 1);
  EXPECT_EQ(calls("/order/package/rts"), 1);
  EXPECT_EQ(one_order(id).status, OrderStatus::packed);
  const auto label = parcels().label(id);
  ASSERT_TRUE(label.ok()) << label.error().message;
  EXPECT_EQ(label.value().content_type, "application/pdf");
  EXPECT_TRUE(label.value().bytes.starts_with("%PDF"));
}

TEST_P(LazadaSandbox, ALostAnswerWhileShippingCostsNothing) {
  publish(content("TL-DO-5KG", 185'000, 10));
  const auto id = buy("TL-DO-5KG", 2);
  for (const std::string path : {"/order/fulfill/pack", "/order/package/rts"}) {
    fault(path, "truncated");
    const auto shipped = parcels().ship({id, {}, {}, {}, {}});
    EXPECT_TRUE(shipped.ok()) << "the order shows that the step was done";
  }

  const auto shipped = parcels().ship({id, {}, {}, {}, {}});

  ASSERT_TRUE(shipped.ok()) << shipped.error().message;
  EXPECT_EQ(shipped.value().size(), 1U);
  EXPECT_EQ(one_order(id).status, OrderStatus::packed);
}

TEST_P(LazadaSandbox, TheOldCallsAndTheOwnFleetWork) {
  act(R"({"act":"rules","rules":{"fleet":"own"}})");
  publish(content("TL-DO-5KG", 185'000, 10));
  const auto id = buy("TL-DO-5KG", 1);
  const auto old = connect({{"fulfilment", "legacy"}});
  ASSERT_NE(old, nullptr);

  const auto shipped = old->fulfilment()->ship({id, {}, {}, "Xe HTX", "HTX-0001"});

  ASSERT_TRUE(shipped.ok()) << shipped.error().message;
  EXPECT_TRUE(shipped.value().at(0).ready);
  EXPECT_EQ(old->fulfilment()->label(id).error().code, ErrorCode::rejected);
}

TEST_P(LazadaSandbox, ACancelledLineComesBackToTheShelfAndTheShelfIsNotEmptied) {
  publish(content("TL-DO-5KG", 185'000, 10));
  publish(content("TL-TRANG-1KG", 45'000, 10));
  const auto bought = channel().buy({{"TL-DO-5KG", 2}, {"TL-TRANG-1KG", 1}});
  ASSERT_TRUE(bought.ok());
  const auto& id = bought.value().order_id;
  const auto before = one_order(id);
  ASSERT_EQ(before.lines.size(), 2U);
  const std::vector<std::string> line{before.lines[0].remote_line_id};

  const auto done = parcels().cancel(id, line, CancelReason::out_of_stock);
  const auto again = parcels().cancel(id, line, CancelReason::out_of_stock);

  ASSERT_TRUE(done.ok()) << done.error().message;
  EXPECT_TRUE(again.ok());
  EXPECT_EQ(stock_shown("TL-DO-5KG"), 10) << "not set to 0, and not added twice";
  EXPECT_EQ(stock_shown("TL-TRANG-1KG"), 9);
  const auto after = one_order(id);
  EXPECT_EQ(after.lines[0].cancelled, 2);
  EXPECT_EQ(after.lines[1].cancelled, 0);
  EXPECT_EQ(after.status, OrderStatus::to_ship);
}

TEST_P(LazadaSandbox, OneUnitOfAParcelIsCancelledAloneAndTheRestShips) {
  publish(content("TL-DO-5KG", 185'000, 10));
  publish(content("TL-TRANG-1KG", 45'000, 10));
  const auto bought = channel().buy({{"TL-DO-5KG", 1}, {"TL-TRANG-1KG", 1}});
  const auto& id = bought.value().order_id;
  const auto order = one_order(id);
  fault("/order/package/rts", "status", 500);  // packed, not announced
  static_cast<void>(parcels().ship({id, {}, {}, {}, {}}));
  const std::vector<std::string> line{order.lines[0].remote_line_id};

  ASSERT_TRUE(parcels().cancel(id, line, CancelReason::cannot_deliver).ok());
  const auto shipped = parcels().ship({id, {}, {}, {}, {}});

  ASSERT_TRUE(shipped.ok()) << shipped.error().message;
  const auto after = one_order(id);
  EXPECT_EQ(after.lines[0].cancelled, 1);
  EXPECT_EQ(after.lines[1].cancelled, 0);
  EXPECT_EQ(after.status, OrderStatus::packed);
}

TEST_P(LazadaSandbox, TheBuyersWishIsAnsweredEitherWay) {
  publish(content("TL-DO-5KG", 185'000, 10));
  for (const auto decision : {Decision::accept, Decision::refuse}) {
    const auto id = buy("TL-DO-5KG", 1);
    ASSERT_TRUE(parcels().ship({id, {}, {}, {}, {}}).ok());
    ASSERT_TRUE(channel().cancel(id).ok());

    const auto answered = parcels().answer_cancellation(id, decision);
    const auto again = parcels().answer_cancellation(id, decision);

    ASSERT_TRUE(answered.ok()) << answered.error().message;
    EXPECT_TRUE(again.ok()) << again.error().message;
    const bool gone = one_order(id).status == OrderStatus::cancelled;
    EXPECT_EQ(gone, decision == Decision::accept);
  }
}

TEST_P(LazadaSandbox, AReturnIsReadAnsweredAndSettled) {
  act(R"({"act":"rules","rules":{"withheld_per_10000":150}})");
  publish(content("TL-DO-5KG", 185'000, 10));
  const auto id = buy("TL-DO-5KG", 2);
  ASSERT_TRUE(parcels().ship({id, {}, {}, {}, {}}).ok());
  act(R"({"act":"delivery","order_id":")" + id + R"(","outcome":"shipped"})");
  act(R"({"act":"delivery","order_id":")" + id + R"(","outcome":"delivered"})");
  act(R"({"act":"return","order_id":")" + id + R"(","type":"ONLY_REFUND","units":1})");
  auto& after = *connector().after_sale();
  const connectors::OrderQuery window{now() - 1h, now() + 1s, {}};

  const auto open = after.pull_returns(window);
  ASSERT_TRUE(open.ok()) << open.error().message;
  ASSERT_EQ(open.value().cases.size(), 1U);
  const auto& one = open.value().cases[0];
  EXPECT_EQ(one.status, catalog::ReturnStatus::requested);
  EXPECT_EQ(one.order_id, id);
  EXPECT_EQ(one.lines.at(0).sku, Sku{"TL-DO-5KG"});
  ASSERT_TRUE(after.answer_return(one.remote_id, Decision::accept).ok());
  EXPECT_TRUE(after.answer_return(one.remote_id, Decision::accept).ok());
  const auto closed = after.pull_returns({now() - 1h, now() + 1s, {}});
  EXPECT_EQ(closed.value().cases.at(0).status, catalog::ReturnStatus::refunded);

  catalog::Settlement all;
  connectors::OrderQuery days{now() - 1h, now() + 1s, {}};
  do {
    const auto money = after.pull_settlements(days);
    ASSERT_TRUE(money.ok()) << money.error().message;
    for (const auto& part : money.value().settlements) {
      EXPECT_EQ(part.order_id, id);
      EXPECT_TRUE(catalog::sums_of(part).balances);
      all.lines.insert(all.lines.end(), part.lines.begin(), part.lines.end());
    }
    days.page_cursor = money.value().next_cursor;
  } while (!days.page_cursor.empty());
  const auto sums = catalog::sums_of(all);
  EXPECT_EQ(sums.gross.minor, 370'000) << "shipping goes in and out again";
  EXPECT_EQ(sums.refund.minor, -185'000);
  EXPECT_EQ(sums.tax.minor, -(5'550 - 2'775)) << "1,5 % of what was sold, less what was refunded";
  EXPECT_EQ(sums.fees.minor, -(2 * 12'950 + 2 * 7'400 - 12'950));
}

TEST_P(LazadaSandbox, BuyersPayTheSpecialPriceInsideItsWindowOnly) {
  const auto binding = publish(content("TL-DO-5KG", 185'000, 10));
  connectors::FeaturedItem item{Sku{"TL-DO-5KG"}, binding, 1, 185'000, 159'000, {}, {}};
  item.from = now() - 1h;
  item.to = now() + 48h;
  auto& featuring = *connector().featuring();
  EXPECT_FALSE(featuring.what_it_does_vi().empty());

  ASSERT_EQ(featuring.feature({&item, 1}).accepted.size(), 1U);
  EXPECT_EQ(shown("TL-DO-5KG").front().price, 159'000);
  EXPECT_EQ(read_one(binding)->price, 185'000) << "the everyday price stays";
  item.rank = 0;
  ASSERT_EQ(featuring.feature({&item, 1}).accepted.size(), 1U);
  EXPECT_EQ(shown("TL-DO-5KG").front().price, 185'000);
  item.rank = 1;
  ASSERT_EQ(featuring.feature({&item, 1}).accepted.size(), 1U);
  pass(49h);
  EXPECT_EQ(shown("TL-DO-5KG").front().price, 185'000) << "the window ends by itself";
}

TEST_P(LazadaSandbox, IdsBeyondWhatADoubleHoldsSurvive) {
  act(R"({"act":"rules","rules":{"ids":"wide"}})");
  publish(content("TL-DO-5KG", 185'000, 10));
  const auto id = buy("TL-DO-5KG", 1);
  EXPECT_GT(id.size(), 15U);

  EXPECT_EQ(one_order(id).remote_id, id);
  ASSERT_TRUE(parcels().ship({id, {}, {}, {}, {}}).ok());
  EXPECT_EQ(one_order(id).status, OrderStatus::packed);
}

TEST_P(LazadaSandbox, TheMapsThatComeWithUsFitTheTree) {
  const std::string path{"config/maps/lazada-categories.csv"};
  std::ifstream file{std::string{NONGSAN_SOURCE_ROOT} + "/" + path};
  const std::string text{std::istreambuf_iterator<char>{file}, {}};
  connectors::ChannelMaps maps;
  auto categories = connectors::parse_category_map(path, text);
  ASSERT_TRUE(categories.ok()) << categories.error().message;
  maps.categories = categories.value();
  maps.attributes = {{"*", "origin", "", "origin", "", ""}};
  auto& rules = *connector().listing_rules();

  const auto drifts = rules.check_maps(maps);
  ASSERT_TRUE(drifts.ok()) << drifts.error().message;
  for (const auto& drift : drifts.value()) ADD_FAILURE() << drift.ours << ": " << drift.en;
  EXPECT_TRUE(rules.check(content("TL-DO-5KG")).value().empty());
}

TEST_P(LazadaSandbox, ManyLevelsTakeNoMoreCallsThanTheyMust) {
  std::vector<ListingContent> batch;
  for (int i = 0; i < 120; ++i) batch.push_back(content("SKU-" + std::to_string(i)));
  std::vector<connectors::StockUpdate> updates;
  for (const auto& one : batch) updates.push_back({one.sku, publish(one), false, 8});
  const auto before = calls("/product/stock/sellable/update");

  const auto report = connector().push_stock(updates);

  EXPECT_EQ(report.accepted.size(), updates.size());
  EXPECT_EQ(calls("/product/stock/sellable/update") - before, 3) << "50 levels a call";
}

TEST_P(LazadaSandbox, APictureGoesUpOnceWhateverTheProcess) {
  publish(content("SKU-1"));
  const auto before = calls("/image/upload");
  EXPECT_EQ(before, 2);

  const auto next_process = connect();
  const auto again = content("SKU-2");
  EXPECT_EQ(next_process->publish({&again, 1}).accepted.size(), 1U);
  EXPECT_EQ(calls("/image/upload"), before);

  uploads_.kept.begin()->second = "https://elsewhere.example/gone.jpg";  // it is not there any more
  const auto third = content("SKU-3");
  auto third_process = connect();
  EXPECT_EQ(third_process->publish({&third, 1}).rejected.size(), 1U);
  EXPECT_EQ(third_process->publish({&third, 1}).accepted.size(), 1U);
  EXPECT_GT(calls("/image/upload"), before) << "what was refused goes up again";
}

// 0.9 of what the channel allows is used, and none of it is refused.
TEST_P(LazadaSandbox, TheAllowedPaceIsUsedAndNeverExceeded) {
  constexpr double kAllowed = 4;
  constexpr int kRounds = 12;
  std::vector<connectors::StockUpdate> updates;
  for (int i = 0; i < 150; ++i) {
    const auto one = content("SKU-" + std::to_string(i));
    updates.push_back({one.sku, publish(one), false, 8});
  }
  act(R"({"act":"rules","rules":{"inventory_rps":4,"burst_s":1}})");
  const auto paced = connect({{"calls_per_second", "4"}, {"burst", "4"}});
  const auto push = [&](std::int64_t level) {
    for (auto& update : updates) update.quantity = level;
    EXPECT_EQ(paced->push_stock(updates).accepted.size(), updates.size());
  };
  const auto throttled = [&] {
    return channel().truth().at("calls").at("throttled").as_number().to_int64();
  };
  push(1);  // warm-up
  const auto calls_before = calls("/product/stock/sellable/update");
  const auto throttled_before = throttled();
  const auto from = now();

  for (int round = 0; round < kRounds; ++round) push(round);

  const auto seconds = static_cast<double>((now() - from).count()) / 1'000.0;
  const auto used = calls("/product/stock/sellable/update") - calls_before;
  EXPECT_EQ(throttled() - throttled_before, 0);
  EXPECT_EQ(used, kRounds * 3) << "as few as batches of 50 allow";
  EXPECT_GE(static_cast<double>(used) / seconds, 0.9 * kAllowed);
  EXPECT_LE(static_cast<double>(used) / seconds, 1.05 * kAllowed);
}

INSTANTIATE_TEST_SUITE_P(Lazada, LazadaSandbox, ::testing::Values(lazada_shop("Lazada", {})),
                         shop_name);

}  // namespace
}  // namespace contract
