// The exchange folder as the worksheet channels share it: sheets out, order exports in.
#include <gtest/gtest.h>
#include <unistd.h>
#include <zip.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>

#include "connectors/common/worksheet/order_file.h"
#include "connectors/voso/client.h"
#include "connectors/voso/errors.h"
#include "connectors/voso/mapping.h"

namespace connectors::voso {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;

constexpr base::Instant kFrom = base::from_unix_s(1'795'400'000);

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// One part of an XLSX, inflated.
std::string part_of(const fs::path& xlsx, const char* name) {
  const std::unique_ptr<zip_t, int (*)(zip_t*)> archive(zip_open(xlsx.c_str(), ZIP_RDONLY, nullptr),
                                                        zip_close);
  if (!archive) return {};
  const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> part(zip_fopen(archive.get(), name, 0),
                                                               zip_fclose);
  std::string out(1 << 20, '\0');
  const auto bytes = part ? zip_fread(part.get(), out.data(), out.size()) : 0;
  out.resize(static_cast<std::size_t>(std::max<zip_int64_t>(0, bytes)));
  return out;
}

WorksheetLine line(const std::string& sku, const std::string& title) {
  WorksheetLine out;
  out.content.sku = catalog::Sku{sku};
  out.content.title.vi = title;
  out.action = "update";
  out.price_new = 185'000;
  out.stock_old = 3;
  out.stock_new = 0;
  return out;
}

class Exchange : public ::testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::temp_directory_path() / ("nongsan-exchange-" + std::to_string(::getpid()));
    fs::remove_all(root_);
    auto folder = open_exchange({catalog::AccountId{"voso"}, {{"exchange_dir", root_.string()}}});
    ASSERT_TRUE(folder.ok());
    channel_ = common::make_exchange_connector({std::string(kName), order_words(), no_api()},
                                               std::move(folder).value());
  }
  void TearDown() override { fs::remove_all(root_); }

  std::vector<std::string> out_names() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(root_ / "out")) {
      names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  void put(const std::string& name, const std::string& text, base::Instant made_at) const {
    std::ofstream{root_ / "in" / name, std::ios::binary} << text;
    fs::last_write_time(root_ / "in" / name, std::chrono::file_clock::from_sys(made_at));
  }
  static std::string order(const std::string& id, const std::string& status) {
    return "Mã đơn hàng,Ngày đặt,Trạng thái,SKU,Số lượng,Đơn giá\n" + id + ",2026-11-22 08:00," +
           status + ",TL-DO-5KG,1,185000\n";
  }
  OrderPage pull(const std::string& cursor = {}) {
    auto page = channel_->pull_orders({kFrom, kFrom + std::chrono::hours{24}, cursor});
    EXPECT_TRUE(page.ok());
    return page ? std::move(page).value() : OrderPage{};
  }

  fs::path root_;
  std::unique_ptr<Connector> channel_;
};

TEST_F(Exchange, ASheetIsThreeFilesAndNothingElse) {
  const std::vector<WorksheetLine> lines = {line("TL-DO-5KG", "Thanh long")};

  const auto files = channel_->declare("voso-2026-11-24-01", lines);

  ASSERT_TRUE(files.ok()) << files.error().message;
  EXPECT_TRUE(files.value().back().ends_with(".csv"));
  EXPECT_EQ(out_names(),
            (std::vector<std::string>{"voso-2026-11-24-01.csv", "voso-2026-11-24-01.html",
                                      "voso-2026-11-24-01.xlsx"}));
}

TEST_F(Exchange, ASheetIsNeverWrittenOver) {
  const std::vector<WorksheetLine> first = {line("TL-DO-5KG", "Thanh long")};
  const std::vector<WorksheetLine> second = {line("NAM-ROM", "Nấm rơm")};
  ASSERT_TRUE(channel_->declare("s", first).ok());
  const auto before = text_of(root_ / "out" / "s.csv");

  const auto again = channel_->declare("s", second);

  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().code, ErrorCode::conflict);
  EXPECT_EQ(text_of(root_ / "out" / "s.csv"), before);
}

TEST_F(Exchange, ASheetThatACrashLeftHalfIsCompletedAndKeepsWhatIsThere) {
  const std::vector<WorksheetLine> lines = {line("TL-DO-5KG", "Thanh long")};
  std::ofstream{root_ / "out" / "s.xlsx"} << "opened by the clerk";
  std::ofstream{root_ / "out" / ".s.html.tmp"} << "half";

  const auto files = channel_->declare("s", lines);

  ASSERT_TRUE(files.ok()) << files.error().message;
  EXPECT_EQ(text_of(root_ / "out" / "s.xlsx"), "opened by the clerk");
  EXPECT_EQ(out_names(), (std::vector<std::string>{"s.csv", "s.html", "s.xlsx"}));
  EXPECT_NE(text_of(root_ / "out" / "s.html").find("Thanh long"), std::string::npos);
}

TEST_F(Exchange, ANameThatIsNoFileNameIsRefused) {
  for (const char* stem : {"", "../s", ".s", "a/b", "phiếu"}) {
    const auto files = channel_->declare(stem, {});
    ASSERT_FALSE(files.ok()) << stem;
    EXPECT_EQ(files.error().code, ErrorCode::invalid);
  }
}

TEST_F(Exchange, AFolderThatIsGoneIsMadeAndOneThatCannotBeIsUnavailable) {
  fs::remove_all(root_ / "out");
  ASSERT_TRUE(channel_->declare("s", {}).ok());
  fs::remove_all(root_);
  std::ofstream{root_} << "in the way";

  const auto files = channel_->declare("t", {});

  ASSERT_FALSE(files.ok());
  EXPECT_EQ(files.error().code, ErrorCode::unavailable);
}

TEST_F(Exchange, TheWorkbookHoldsNumbersAndNothingThatRuns) {
  const std::vector<WorksheetLine> lines = {line("-1+2", "=cmd|' /C calc'!A0"),
                                            line("TL-DO-5KG", "<Thanh long> & \"loại 1\"")};

  ASSERT_TRUE(channel_->declare("s", lines).ok());

  const auto sheet = part_of(root_ / "out" / "s.xlsx", "xl/worksheets/sheet1.xml");
  const auto strings = part_of(root_ / "out" / "s.xlsx", "xl/sharedStrings.xml");
  const auto styles = part_of(root_ / "out" / "s.xlsx", "xl/styles.xml");
  EXPECT_NE(sheet.find("state=\"frozen\""), std::string::npos);
  EXPECT_NE(sheet.find("<v>185000</v>"), std::string::npos);
  EXPECT_EQ(sheet.find("<f>"), std::string::npos);  // no formula anywhere
  EXPECT_NE(strings.find(">'=cmd"), std::string::npos);
  EXPECT_NE(strings.find(">'-1+2<"), std::string::npos);
  EXPECT_NE(strings.find("&lt;Thanh long&gt; &amp;"), std::string::npos);
  // numFmtId 3 is "#,##0" in every spreadsheet.
  EXPECT_TRUE(styles.find("numFmtId=\"3\"") != std::string::npos ||
              styles.find("#,##0") != std::string::npos);
  const auto page = text_of(root_ / "out" / "s.html");
  EXPECT_NE(page.find("&lt;Thanh long&gt;"), std::string::npos);
  EXPECT_EQ(page.find("<Thanh long>"), std::string::npos);
}

TEST_F(Exchange, OnePageIsOneFileInNameOrderAndTheLaterWins) {
  put("b.csv", order("v1", "Đã giao"), kFrom + std::chrono::hours{2});
  put("a.csv", order("v1", "Chờ xác nhận"), kFrom + std::chrono::hours{1});
  put(".c.csv", order("v9", "Mới"), kFrom);
  put("c.csv.tmp", order("v9", "Mới"), kFrom);
  put("d.CSV", order("v2", "Mới"), kFrom + std::chrono::hours{3});

  const auto first = pull();
  const auto second = pull(first.next_cursor);
  const auto third = pull(second.next_cursor);

  EXPECT_EQ(first.next_cursor, "a.csv");
  EXPECT_EQ(second.next_cursor, "b.csv");
  EXPECT_EQ(third.next_cursor, "");
  EXPECT_EQ(first.orders.at(0).status, catalog::OrderStatus::to_ship);
  EXPECT_EQ(second.orders.at(0).status, catalog::OrderStatus::delivered);
  EXPECT_LT(first.orders.at(0).updated_at, second.orders.at(0).updated_at);
  EXPECT_EQ(third.orders.at(0).remote_id, "v2");
  EXPECT_EQ(third.complete_through, kFrom + std::chrono::hours{3});
}

TEST_F(Exchange, WhatWasNotExportedIsNotKnown) {
  const auto empty = pull();
  put("a.csv", order("v1", "Mới"), kFrom + std::chrono::hours{1});
  put("b.csv", "not an order list", kFrom + std::chrono::hours{5});

  const auto first = pull();
  const auto last = pull(first.next_cursor);

  EXPECT_EQ(empty.complete_through, kFrom);
  EXPECT_TRUE(empty.next_cursor.empty());
  EXPECT_EQ(last.unreadable.size(), 1U);
  EXPECT_EQ(last.complete_through, kFrom + std::chrono::hours{1});
}

TEST_F(Exchange, FilesAreBoundedInSizeAndNumber) {
  put("a.csv", "x", kFrom);
  fs::resize_file(root_ / "in" / "a.csv", common::kOrderFileBytesMax + 1);
  const auto large = pull();
  fs::remove(root_ / "in" / "a.csv");
  for (std::size_t i = 0; i <= common::kOrderFilesMax; ++i) {
    put("f" + std::to_string(10'000 + i) + ".csv", "", kFrom);
  }
  const auto many = pull();

  ASSERT_EQ(large.unreadable.size(), 1U);
  EXPECT_EQ(large.unreadable[0].vendor_code, "too_large");
  ASSERT_FALSE(many.unreadable.empty());
  EXPECT_EQ(many.unreadable[0].vendor_code, "too_many_files");
  EXPECT_EQ(many.next_cursor, "f10001.csv");  // the oldest name is left out
}

TEST_F(Exchange, CallsThatWantAnApiSayThatThereIsNone) {
  EXPECT_EQ(channel_->capabilities().delivery, Delivery::worksheet);
  EXPECT_EQ(channel_->publish({}).stopped_by->vendor_code, "no_api");
  EXPECT_EQ(channel_->push_stock({}).stopped_by->vendor_code, "no_api");
  EXPECT_EQ(channel_->push_prices({}).stopped_by->vendor_code, "no_api");
  EXPECT_EQ(channel_->read({}).error().vendor_code, "no_api");
  EXPECT_EQ(channel_->list("").error().vendor_code, "no_api");
  EXPECT_EQ(channel_->find(catalog::Sku{"A"}).error().vendor_code, "no_api");
  EXPECT_EQ(channel_->test().value().shop_name, "Vỏ Sò");
}

TEST(OrderFile, AnyBytesGiveOrdersOrProblemsAndNeverMore) {
  const auto words = order_words();
  const std::string whole =
      "Mã đơn hàng,Ngày đặt,Trạng thái,SKU,Số lượng,Đơn giá\n"
      "v1,2026-11-22 08:00,Mới,TL-DO-5KG,2,\"185.000 đ\"\n\"v2,22/11/2026,Mới,\"\"\",1,,\n";

  for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
    for (const char extra : {'\0', '"', '\n', ',', '\xFF'}) {
      const auto text = whole.substr(0, cut) + extra + whole.substr(cut);
      const auto read = common::parse_order_file("x.csv", text, words, kFrom);
      for (const auto& order : read.orders) {
        EXPECT_FALSE(order.remote_id.empty());
        for (const auto& one : order.lines) EXPECT_GT(one.quantity, 0);
      }
      EXPECT_TRUE(read.has_orders || !read.problems.empty());
    }
  }
}

}  // namespace
}  // namespace connectors::voso
