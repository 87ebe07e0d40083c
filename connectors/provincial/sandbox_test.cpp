// Packs as variations, chosen goods, categories and the system check, judged by the sandbox's
// truth.
#include <gtest/gtest.h>

#include <algorithm>

#include "connectors/featuring.h"
#include "connectors/listing_rules.h"
#include "connectors/provincial/store_test.h"
#include "connectors/system_check.h"

namespace contract {
namespace {

using base::ErrorCode;
using catalog::Binding;
using catalog::Sku;
using connectors::FindingLevel;
using connectors::ListingContent;
using namespace std::chrono_literals;

class ProvincialListings : public ConnectorContract {
 protected:
  ListingContent pack(const std::string& sku, const std::string& name, std::int64_t price,
                      std::int64_t stock) const {
    auto one = content(sku, price, stock);
    one.product = catalog::ProductId{"thanh-long"};
    one.product_name = {"Thanh long", ""};
    one.pack_name = {name, ""};
    one.title = {"Thanh long - " + name, ""};
    return one;
  }
  std::vector<ListingContent> two() const {
    return {pack("TL-1", "Gói 1 kg", 40'000, 10), pack("TL-5", "Hộp 5 kg", 180'000, 3)};
  }
  std::vector<Binding> publish_all(const std::vector<ListingContent>& packs) {
    const auto report = connector().publish(packs);
    if (report.stopped_by) ADD_FAILURE() << report.stopped_by->message;
    for (const auto& rejection : report.rejected) ADD_FAILURE() << rejection.error.message;
    std::vector<Binding> out(packs.size());
    for (const auto& accepted : report.accepted) out[accepted.index] = accepted.binding;
    return out;
  }
  std::size_t channel_rows() { return channel().shown().size(); }
  void set_up(const std::string& members) {
    const auto done = channel().act(web::json::value::parse(R"({"act":"set_up",)" + members + "}"));
    ASSERT_TRUE(done.ok()) << done.error().message;
  }
  std::map<std::string, FindingLevel> findings(connectors::Connector& of) {
    auto found = of.system_check()->findings();
    EXPECT_TRUE(found.ok()) << found.error().message;
    std::map<std::string, FindingLevel> out;
    for (const auto& one : found.value()) {
      EXPECT_FALSE(one.vi.empty() || one.en.empty());
      out[one.subject] = one.level;
    }
    return out;
  }
};

TEST_P(ProvincialListings, PacksAreVariationsOfOneProduct) {
  const auto bindings = publish_all(two());

  EXPECT_EQ(bindings[0].item_id, bindings[1].item_id);
  EXPECT_NE(bindings[0].unit_id, bindings[1].unit_id);
  ASSERT_EQ(shown("TL-5").size(), 1U);
  EXPECT_EQ(shown("TL-5")[0].remote_id, bindings[1].item_id + "/" + bindings[1].unit_id);
  EXPECT_EQ(shown("TL-5")[0].stock, 3);
  EXPECT_TRUE(shown("TL-5")[0].visible);
  const auto read = read_one(bindings[1]);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->title, "Thanh long - Hộp 5 kg");
  EXPECT_EQ(read->price, 180'000);
  const auto found = connector().find(Sku{"TL-1"});
  ASSERT_TRUE(found.ok() && found.value());
  EXPECT_EQ(found.value()->binding, bindings[0]);
  EXPECT_EQ(channel_rows(), 2U);
}

// What buyers took until the product went off sale is not given out again.
TEST_P(ProvincialListings, TheSecondPackTurnsTheProductAndCarriesItsCountOver) {
  const auto packs = two();
  const auto first = publish_all({packs[0]})[0];
  EXPECT_TRUE(first.unit_id.empty());
  buy("TL-1", 4);
  auto second = packs[1];
  second.sibling_item_id = first.item_id;

  const auto report = connector().publish({&second, 1});

  ASSERT_EQ(report.accepted.size(), 1U) << (report.stopped_by ? report.stopped_by->message : "");
  EXPECT_EQ(report.accepted[0].binding.item_id, first.item_id);
  ASSERT_EQ(report.rebound.size(), 1U);
  EXPECT_EQ(report.rebound[0].sku, Sku{"TL-1"});
  EXPECT_EQ(report.rebound[0].binding.item_id, first.item_id);
  EXPECT_EQ(shown("TL-1")[0].stock, 6);
  EXPECT_EQ(shown("TL-1")[0].price, 40'000);
  EXPECT_TRUE(shown("TL-1")[0].visible && shown("TL-5")[0].visible);
  EXPECT_EQ(shown("TL-1")[0].name, "Thanh long - Gói 1 kg") << "the name was in the product's";
  EXPECT_EQ(channel_rows(), 2U);
}

// Every call of a creation and of a turn is lost once, after it took effect.
TEST_P(ProvincialListings, LostAnswersLeaveOneProductWhicheverCallTheyAreOf) {
  for (const bool turns : {false, true}) {
    for (int lost = 0; lost < 6; ++lost) {
      SCOPED_TRACE((turns ? "turn, call " : "creation, call ") + std::to_string(lost));
      channel().reset();
      auto packs = two();
      if (turns) packs[0].binding = publish_all({packs[0]})[0];
      auto rule = web::json::value::object();
      rule["channel"] = web::json::value::string("provincial");
      rule["path"] = web::json::value::string("/batch");
      rule["kind"] = web::json::value::string("truncated");
      rule["skip"] = web::json::value::number(lost);
      rule["times"] = web::json::value::number(1);
      context_.faults.set(web::json::value::array({rule}));

      for (int tries = 0; tries < 4; ++tries) {
        for (auto& one : packs) one.sibling_item_id = {};
        if (packs[1].binding.empty()) packs[1].sibling_item_id = packs[0].binding.item_id;
        const auto report = connector().publish(packs);
        EXPECT_TRUE(report.rejected.empty()) << report.rejected[0].error.message;
        for (const auto& done : report.accepted) packs[done.index].binding = done.binding;
        if (!report.stopped_by) break;
        for (auto& one : packs) {
          const auto found = connector().find(one.sku);
          ASSERT_TRUE(found.ok());
          if (found.value()) one.binding = found.value()->binding;
        }
      }

      EXPECT_EQ(channel_rows(), 2U);
      for (const auto& one : packs) {
        ASSERT_EQ(shown(one.sku.text).size(), 1U) << one.sku.text;
        EXPECT_EQ(shown(one.sku.text)[0].stock, one.initial_stock);
        EXPECT_TRUE(shown(one.sku.text)[0].visible);
      }
    }
  }
}

TEST_P(ProvincialListings, AHiddenPackLeavesTheOthersOnSale) {
  auto packs = two();
  const auto bindings = publish_all(packs);
  for (std::size_t i = 0; i < packs.size(); ++i) packs[i].binding = bindings[i];
  packs[0].visible = false;

  EXPECT_EQ(publish_all(packs), bindings);
  EXPECT_FALSE(shown("TL-1")[0].visible);
  EXPECT_TRUE(shown("TL-5")[0].visible);

  packs[1].visible = false;
  publish_all(packs);
  EXPECT_FALSE(shown("TL-5")[0].visible);
}

TEST_P(ProvincialListings, StockAndPricesReachProductsAndVariationsAlike) {
  const auto bindings = publish_all(two());
  const auto plain = publish(content("NAM-ROM", 90'000, 5));
  const std::vector<connectors::StockUpdate> levels{{Sku{"TL-1"}, bindings[0], false, 7},
                                                    {Sku{"NAM-ROM"}, plain, false, 2},
                                                    {Sku{"TL-5"}, bindings[1], true, -1}};
  const std::vector<connectors::PriceUpdate> prices{{Sku{"NAM-ROM"}, plain, 95'000},
                                                    {Sku{"TL-5"}, bindings[1], 190'000}};

  EXPECT_EQ(connector().push_stock(levels).accepted, (std::vector<std::size_t>{0, 1, 2}));
  EXPECT_EQ(connector().push_prices(prices).accepted, (std::vector<std::size_t>{0, 1}));

  EXPECT_EQ(shown("TL-1")[0].stock, 7);
  EXPECT_EQ(shown("TL-5")[0].stock, 2);
  EXPECT_EQ(shown("NAM-ROM")[0].stock, 2);
  EXPECT_EQ(shown("TL-5")[0].price, 190'000);
  EXPECT_EQ(shown("NAM-ROM")[0].price, 95'000);
}

TEST_P(ProvincialListings, ALevelForAProductThatWasTurnedIsAnOpenEnd) {
  auto packs = two();
  const auto before = publish_all({packs[0]})[0];
  packs[0].binding = before;
  packs[1].sibling_item_id = before.item_id;
  publish_all(packs);
  const connectors::StockUpdate update{Sku{"TL-1"}, before, false, 1};

  const auto report = connector().push_stock({&update, 1});

  ASSERT_TRUE(report.stopped_by.has_value());
  EXPECT_EQ(report.stopped_by->code, ErrorCode::unknown_outcome);
  EXPECT_EQ(shown("TL-1")[0].stock, 10);
  EXPECT_TRUE(connector().read({&before, 1}).value().empty()) << "its SKU says where it is";
}

TEST_P(ProvincialListings, AProductGoesWithItsLastVariation) {
  const auto bindings = publish_all(two());

  EXPECT_EQ(connector().erase({bindings.data(), 1}).accepted.size(), 1U);
  EXPECT_EQ(channel_rows(), 1U);
  EXPECT_EQ(connector().erase(bindings).accepted.size(), 2U) << "one is gone already";
  EXPECT_EQ(channel_rows(), 0U);
}

TEST_P(ProvincialListings, WithoutVariationsEveryPackIsAProduct) {
  const auto separate = connect({{"variations", "no"}});
  ASSERT_NE(separate, nullptr);

  EXPECT_FALSE(separate->capabilities().groups_variants);
  EXPECT_EQ(separate->publish(two()).accepted.size(), 2U);
  EXPECT_EQ(shown("TL-1")[0].remote_id.find('/'), std::string::npos);
}

TEST_P(ProvincialListings, CategoriesAreFoundByNameAndMadeWhereThatIsAllowed) {
  auto one = content("TL-1");
  one.category_remote_id = "TRÁI CÂY sấy";
  EXPECT_FALSE(publish(one).item_id.empty());
  one = content("TL-2");
  one.category_remote_id = "Mật ong";

  const auto refused = connector().publish({&one, 1});
  const auto problems = connector().listing_rules()->check(one);
  const auto maker = connect({{"create_categories", "yes"}});
  const auto made = maker->publish({&one, 1});

  ASSERT_EQ(refused.rejected.size(), 1U);
  EXPECT_NE(refused.rejected[0].error.message.find("Mật ong"), std::string::npos);
  ASSERT_EQ(problems.value().size(), 1U);
  EXPECT_EQ(problems.value()[0].field, "category");
  EXPECT_EQ(made.accepted.size(), 1U);
  connectors::ChannelMaps maps;
  maps.categories["honey"] = {"Mật ong", "Mật ong"};
  maps.categories["fruit"] = {"15", "Trái cây đóng hộp"};
  maps.categories["none"] = {"Không có", ""};
  const auto drifts = connect()->listing_rules()->check_maps(maps);
  ASSERT_EQ(drifts.value().size(), 2U);
  EXPECT_EQ(drifts.value()[0].ours, "fruit");
  EXPECT_EQ(drifts.value()[1].ours, "none");
}

TEST_P(ProvincialListings, RulesNameEveryProblemOfAListing) {
  auto bad = content("X", 0);
  bad.title.vi = std::string(201, 'a');
  bad.category_remote_id = "9999";
  bad.image_files = {"/nonexistent/picture.png"};

  const auto problems = connector().listing_rules()->check(bad);

  ASSERT_TRUE(problems.ok());
  std::vector<std::string> fields;
  for (const auto& one : problems.value()) fields.push_back(one.field);
  EXPECT_EQ(fields, (std::vector<std::string>{"title", "price", "image", "category"}));
}

TEST_P(ProvincialListings, ChosenGoodsAreFlaggedAndGathered) {
  const auto bindings = publish_all(two());
  const auto other = publish(content("NAM-ROM"));
  const auto theirs = publish(content("LAP-XUONG"));
  const auto with = connect({{"collection", "tag:Đặc sản OCOP"}});
  const auto featured = [&] {
    std::vector<std::string> out;
    const auto products = channel().save().at("products");
    for (const auto& row : products.as_array()) {
      const auto& fields = row.at("fields");
      if (!fields.has_field("featured") || !fields.at("featured").as_bool()) continue;
      const bool gathered = fields.at("tags").size() == 1;
      out.push_back(row.at("id").serialize() + (gathered ? "+" : ""));
    }
    return out;
  };
  auto seed = content("LAP-XUONG");
  seed.binding = theirs;
  seed.featured_rank = 1;
  publish(seed);  // the flag, without our mark
  std::vector<connectors::FeaturedItem> items{{Sku{"TL-5"}, bindings[1], 1, 180'000, {}, {}, {}},
                                              {Sku{"NAM-ROM"}, other, 2, 65'000, {}, {}, {}}};

  EXPECT_EQ(with->featuring()->feature(items).accepted.size(), 2U);
  EXPECT_EQ(featured(), (std::vector<std::string>{bindings[0].item_id + "+", other.item_id + "+",
                                                  theirs.item_id}));
  items.pop_back();
  EXPECT_EQ(with->featuring()->feature(items).accepted.size(), 1U);
  EXPECT_EQ(featured(), (std::vector<std::string>{bindings[0].item_id + "+", theirs.item_id}));
  items[0].binding.item_id = "999999";
  EXPECT_EQ(with->featuring()->feature(items).rejected.size(), 1U);
}

TEST_P(ProvincialListings, TheSystemCheckFindsAGoodStoreGood) {
  for (const auto& [subject, level] : findings(connector())) {
    const auto expected = subject == "encryption" ? FindingLevel::warning : FindingLevel::ok;
    EXPECT_EQ(level, expected) << subject;
  }
  EXPECT_EQ(channel_rows(), 0U) << "nothing is written";
}

TEST_P(ProvincialListings, TheSystemCheckNamesWhatIsWrong) {
  set_up(R"("currency":"USD","decimals":2,"counts_stock":false,"weight_unit":"g",
            "time_zone":"UTC","version":"3.4.1")");

  const auto found = findings(connector());

  for (const auto* subject : {"currency", "decimals", "stock", "units", "version"}) {
    EXPECT_EQ(found.at(subject), FindingLevel::problem) << subject;
  }
  EXPECT_EQ(found.at("time_zone"), FindingLevel::warning);
}

TEST_P(ProvincialListings, TheSystemCheckTellsWhatTheKeyMayDo) {
  set_up(R"("permissions":"read","manager":false)");
  const auto read_only = findings(connector());
  set_up(R"("permissions":"write")");
  const auto write_only = findings(connector());

  EXPECT_EQ(read_only.at("write"), FindingLevel::problem);
  EXPECT_EQ(read_only.at("read"), FindingLevel::ok);
  EXPECT_EQ(read_only.at("version"), FindingLevel::warning);
  EXPECT_EQ(read_only.at("currency"), FindingLevel::ok) << "the public cart says it";
  EXPECT_EQ(write_only.at("read"), FindingLevel::problem);
}

TEST_P(ProvincialListings, TheSystemCheckKnowsTheOtherFormOfAddress) {
  set_up(R"("permalinks":false)");

  EXPECT_EQ(findings(connector()).at("address"), FindingLevel::problem);
  EXPECT_EQ(findings(*connect({{"rest_route", "yes"}})).at("write"), FindingLevel::ok);
  set_up(R"("permalinks":true,"basic_over_http":false)");
  EXPECT_EQ(findings(connector()).at("read"), FindingLevel::problem);
  EXPECT_EQ(findings(*connect({{"oauth1_over_plain_http", "yes"}})).at("write"), FindingLevel::ok);
}

INSTANTIATE_TEST_SUITE_P(Provincial, ProvincialListings, ::testing::Values(provincial_shop()),
                         shop_name);

}  // namespace
}  // namespace contract
