// The importer over a memory store: every fault with its place, and what a run leaves behind.
#include "app/import/importer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>

#include "storage/memory/memory_store.h"

namespace app::importing {
namespace {

namespace fs = std::filesystem;

constexpr const char* kProducers = "producer,kind,name_vi\nP1,cooperative,HTX Một\n";
constexpr const char* kPools = "pool,producer,base_unit,name_vi\nK1,P1,gram,Kho một\n";
constexpr const char* kProducts =
    "product,producer,name_vi,category\nSP1,P1,Rau má,vegetable/leaf\n";
constexpr const char* kVariants =
    "sku,product,name_vi,price_vnd,recipe\nS1,SP1,Gói 1 kg,65.000,K1:1000\n";
constexpr const char* kStock = "pool,lot,quantity,unit\nK1,L1,600,kg\n";

class Importer : public testing::Test {
 protected:
  Importer() {
    std::string name = (fs::temp_directory_path() / "nongsan-import-XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~Importer() override { fs::remove_all(folder_); }

  void put(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  void put_all() {
    put("producers.csv", kProducers);
    put("pools.csv", kPools);
    put("products.csv", kProducts);
    put("variants.csv", kVariants);
    put("stock.csv", kStock);
  }
  Summary run(Mode mode) {
    auto out = import_path(store_, clock_, folder_.string(), mode, {}, "test");
    EXPECT_TRUE(out.ok());
    return out.ok() ? out.value() : Summary{};
  }
  void expect_one(const Summary& summary, const std::string& file, int line,
                  const std::string& column, const std::string& value) {
    ASSERT_EQ(summary.problems.size(), 1U);
    const auto& problem = summary.problems.front();
    EXPECT_EQ(problem.file, file);
    EXPECT_EQ(problem.line, line);
    EXPECT_EQ(problem.column, column);
    EXPECT_EQ(problem.value, value);
    EXPECT_FALSE(problem.cure_vi.empty());
    EXPECT_FALSE(problem.cure_en.empty());
  }
  std::size_t variant_count() {
    std::size_t out = 0;
    store_.read([&](jobs::Tables& t) { out = t.catalog.products.variants().size(); });
    return out;
  }
  std::int64_t on_hand() {
    std::int64_t out = 0;
    store_.read([&](jobs::Tables& t) {
      out = t.catalog.stock.balance(catalog::PoolId{"K1"}, "2026-11-24").on_hand;
    });
    return out;
  }

  fs::path folder_;
  storage::MemoryStore store_;
  base::ManualClock clock_{base::from_unix_s(1'795'000'000)};
};

TEST_F(Importer, CheckWritesNothing) {
  put_all();
  const auto summary = run(Mode::check);
  EXPECT_TRUE(summary.problems.empty());
  EXPECT_FALSE(summary.written);
  EXPECT_EQ(variant_count(), 0U);
}

TEST_F(Importer, SameFilesTwiceChangeNothing) {
  put_all();
  EXPECT_TRUE(run(Mode::all_or_nothing).written);
  EXPECT_EQ(on_hand(), 600'000);
  const auto again = run(Mode::all_or_nothing);
  for (const auto& [kind, counts] : again.counts) {
    EXPECT_EQ(counts.unchanged, counts.rows) << to_string(kind);
  }
  EXPECT_EQ(again.counts.size(), 5U);
  EXPECT_EQ(on_hand(), 600'000);
}

TEST_F(Importer, ALotThatCameInWithAnotherQuantityIsTold) {
  put_all();
  EXPECT_TRUE(run(Mode::all_or_nothing).written);
  std::string changed(kStock);
  const auto at = changed.find("600");
  ASSERT_NE(at, std::string::npos);
  changed.replace(at, 3, "700");
  put("stock.csv", changed);
  const auto summary = run(Mode::all_or_nothing);
  ASSERT_EQ(summary.problems.size(), 1U);
  EXPECT_EQ(summary.problems.front().column, "quantity");
  EXPECT_EQ(on_hand(), 600'000);
}

TEST_F(Importer, BadRowStopsAllButNotPartial) {
  put_all();
  put("variants.csv", std::string(kVariants) + "S2,SP1,Gói,abc,K1:500\n");
  const auto all = run(Mode::all_or_nothing);
  expect_one(all, "variants.csv", 3, "price_vnd", "abc");
  EXPECT_EQ(variant_count(), 0U);
  EXPECT_TRUE(run(Mode::partial).written);
  EXPECT_EQ(variant_count(), 1U);
}

TEST_F(Importer, RowThatDependsOnARejectedRowIsRejected) {
  put_all();
  put("products.csv", "product,producer,name_vi,category\nSP1,P9,Rau má,vegetable/leaf\n");
  const auto summary = run(Mode::partial);
  ASSERT_EQ(summary.problems.size(), 2U);
  EXPECT_EQ(summary.problems[0].column, "producer");
  EXPECT_EQ(summary.problems[1].file, "variants.csv");
  EXPECT_EQ(summary.problems[1].value, "SP1");
  EXPECT_EQ(variant_count(), 0U);
}

TEST_F(Importer, BlankLinesAndNewlinesInCellsKeepLineNumbers) {
  put("p.csv", "producer;kind;name_vi\r\n\r\nP1;cooperative;\"a\r\nb\"\r\n\r\nP 2;household;x\r\n");
  expect_one(run(Mode::check), "p.csv", 6, "producer", "P 2");
}

TEST_F(Importer, BomAndEverySeparatorAreRead) {
  for (const char separator : {',', ';', '\t'}) {
    std::string text = std::string("\xEF\xBB\xBF") + kProducers;
    std::replace(text.begin(), text.end(), ',', separator);
    put("p.csv", text);
    const auto summary = run(Mode::check);
    EXPECT_TRUE(summary.problems.empty()) << separator;
    EXPECT_EQ(summary.counts.at(Kind::producer).rows, 1);
  }
}

TEST_F(Importer, UnknownColumnIsNamed) {
  put("p.csv", "producer,kind,name_vi,colour\nP1,cooperative,x,red\n");
  expect_one(run(Mode::check), "p.csv", 1, "colour", "colour");
}

TEST_F(Importer, PhoneAndBankValuesAreNeverShown) {
  put("p.csv",
      "producer,kind,name_vi,bank_owner\nP1,cooperative,x," + std::string(300, 'z') + "\n");
  expect_one(run(Mode::check), "p.csv", 2, "bank_owner", "");
  put("p.csv", "producer,kind,name_vi,phone\nP1,cooperative,x," + std::string(300, '9') + "\n");
  expect_one(run(Mode::check), "p.csv", 2, "phone", "");
}

TEST_F(Importer, OtherEncodingsAreRefused) {
  put("p.csv", "\xFF\xFEp");
  expect_one(run(Mode::check), "p.csv", 1, "", "");
}

TEST_F(Importer, DoctypeIsRefused) {
  put("c.xml", "<!DOCTYPE catalogue><catalogue/>");
  const auto summary = run(Mode::all_or_nothing);
  EXPECT_EQ(summary.problems.size(), 1U);
  EXPECT_FALSE(summary.written);
}

TEST_F(Importer, MutatedFilesNeverCrash) {
  const std::string whole = std::string(kProducers) + "P2,household,\"x\ny\"\n";
  for (std::uint32_t seed = 0; seed < 1'000; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    auto text = whole;
    for (int i = 0; i < 4; ++i) text[random() % text.size()] = static_cast<char>(random());
    put("p.csv", text);
    run(Mode::check);
  }
}

}  // namespace
}  // namespace app::importing
