// Bombs are refused within 2 seconds and 64 MB above idle. Each is made in one child and read in
// another: what the making costs is not counted.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zip.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <random>

#include "connectors/common/sheet/xlsx_reader.h"
#include "connectors/common/worksheet/confirmed_rows.h"
#include "connectors/common/worksheet/order_file.h"
#include "connectors/common/xml.h"
#include "tests/connectors_sheet/xlsx_maker.h"

namespace connectors::common {
namespace {

namespace fs = std::filesystem;
using sheet_test::Workbook;

constexpr std::chrono::milliseconds kTimeMax{2'000};
constexpr long kMemoryMax = 64L << 10;  // KiB

long peak_kib() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return used.ru_maxrss;
}

// Of processor time: a busy machine is not the reader's fault.
std::chrono::milliseconds processor_time() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto ms = [](const timeval& time) { return time.tv_sec * 1'000 + time.tv_usec / 1'000; };
  return std::chrono::milliseconds{ms(used.ru_utime) + ms(used.ru_stime)};
}

void in_child(const std::function<int()>& work) {
  const auto child = ::fork();
  if (child == 0) ::_exit(work());
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status)) << "signal " << WTERMSIG(status);
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

struct Cost {
  long kib = 0;
  long ms = 0;
  char name[64] = {};  // of the refusal; empty: nothing was refused
};

class HostileFile : public ::testing::Test {
 protected:
  void SetUp() override {
    path_ = fs::temp_directory_path() / ("nongsan-hostile-" + std::to_string(::getpid()));
  }
  void TearDown() override { fs::remove(path_); }

  void make(const std::function<std::string()>& bytes) {
    in_child([&] {
      std::ofstream{path_, std::ios::binary} << bytes();
      return 0;
    });
  }

  // The name that the reader gives to its refusal, after its cost was judged.
  std::string refusal(const std::function<std::string(const fs::path&)>& read) {
    int ends[2];
    EXPECT_EQ(::pipe(ends), 0);
    in_child([&] {
      const auto idle = peak_kib();
      const auto begin = processor_time();
      const auto name = read(path_);
      Cost cost{peak_kib() - idle, static_cast<long>((processor_time() - begin).count()), {}};
      std::snprintf(cost.name, sizeof cost.name, "%s", name.c_str());
      return ::write(ends[1], &cost, sizeof cost) == sizeof cost ? 0 : 1;
    });
    Cost cost;
    EXPECT_EQ(::read(ends[0], &cost, sizeof cost), static_cast<ssize_t>(sizeof cost));
    ::close(ends[0]);
    ::close(ends[1]);
    std::printf("%s: %ld KiB above idle, %ld ms\n", cost.name, cost.kib, cost.ms);
    EXPECT_LE(cost.ms, kTimeMax.count());
    EXPECT_LE(cost.kib, kMemoryMax);
    return cost.name;
  }

  static std::string orders(const fs::path& path) {
    const auto read = read_order_file(path, common_order_words());
    EXPECT_TRUE(read.orders.empty());
    return read.problems.empty() ? "" : read.problems.front().vendor_code;
  }
  static std::string xml(const fs::path& path) {
    auto pull = XmlPull::from_file(path.string());
    if (!pull) return pull.error().message;
    for (;;) {
      const auto more = pull.value().next();
      if (!more) return more.error().message.substr(0, 40);
      if (!more.value()) return {};
    }
  }

  fs::path path_;
};

const std::string kHeadings = sheet_test::text_row(
    1, {"Mã đơn hàng", "Ngày đặt", "Trạng thái", "SKU", "Số lượng", "Đơn giá"});

std::string noise(std::size_t bytes, int seed = 7) {
  std::mt19937_64 random(static_cast<std::uint64_t>(seed));
  std::string out(bytes, ' ');
  for (auto& c : out) c = static_cast<char>('a' + random() % 26);
  return out;
}

TEST_F(HostileFile, AZipBombIsRefused) {
  make([] { return sheet_test::xlsx_of({.rows = std::string(std::size_t{200} << 20, ' ')}); });

  EXPECT_EQ(refusal(orders), "archive_too_large");
}

TEST_F(HostileFile, AZipBombThatLiesAboutItsSizeIsRefused) {
  make([] {
    auto bytes = sheet_test::xlsx_of({.rows = std::string(std::size_t{200} << 20, ' ')});
    // The directory claims 100 bytes for every part.
    for (auto at = bytes.find("PK\x01\x02"); at != std::string::npos;
         at = bytes.find("PK\x01\x02", at + 4)) {
      bytes.replace(at + 24, 4, std::string("d\0\0\0", 4));
    }
    for (auto at = bytes.find("PK\x03\x04"); at != std::string::npos;
         at = bytes.find("PK\x03\x04", at + 4)) {
      bytes.replace(at + 22, 4, std::string("d\0\0\0", 4));
    }
    return bytes;
  });

  EXPECT_NE(refusal(orders), "");
}

TEST_F(HostileFile, AnArchiveThatClaimsAMillionEntriesIsRefused) {
  make([] {
    std::string out;
    for (int i = 0; i < 300'000; ++i) {
      std::string entry(46 + 6, '\0');
      entry.replace(0, 4, "PK\x01\x02");
      entry[28] = 6;
      entry.replace(46, 6, std::to_string(100'000 + i));
      out += entry;
    }
    std::string end(22, '\0');
    end.replace(0, 4, "PK\x05\x06");
    end.replace(8, 4, "\xFF\xFF\xFF\xFF");
    return "PK\x03\x04" + out + end;
  });

  EXPECT_EQ(refusal(orders), "archive_too_large");
}

TEST_F(HostileFile, ABillionLaughsAreRefusedInAWorkbookAndInXml) {
  const auto laughs = [] {
    std::string out = "<!DOCTYPE a [<!ENTITY l0 \"lol\">";
    for (int i = 1; i < 10; ++i) {
      out += "<!ENTITY l" + std::to_string(i) + " \"";
      for (int k = 0; k < 10; ++k) out += "&l" + std::to_string(i - 1) + ";";
      out += "\">";
    }
    return out + "]>";
  };
  make([&] {
    return sheet_test::xlsx_of(
        {.rows = "<row><c t=\"str\"><v>&l9;</v></c></row>", .before_rows = laughs()});
  });
  EXPECT_EQ(refusal(orders), "bad_xml");

  make([&] { return laughs() + "<a>&l9;</a>"; });
  EXPECT_NE(refusal(xml).find("DOCTYPE"), std::string::npos);
}

TEST_F(HostileFile, HugeSharedStringsAreRefused) {
  make([] {
    std::string strings;
    const auto text = noise(100'000);
    for (int i = 0; i < 200; ++i) strings += "<si><t>" + text + "</t></si>";
    return sheet_test::xlsx_of({.rows = kHeadings, .strings = strings});
  });
  EXPECT_EQ(refusal(orders), "too_much_text");

  make([] {
    std::string strings;
    for (int i = 0; i < 1'100'000; ++i) strings += "<si><t>" + std::to_string(i) + "</t></si>";
    return sheet_test::xlsx_of({.rows = kHeadings, .strings = strings});
  });
  EXPECT_EQ(refusal(orders), "too_much_text");
}

TEST_F(HostileFile, OneLongStringInEveryCellIsRefused) {
  make([] {
    std::string rows = kHeadings;
    for (int i = 0; i < 40'000; ++i) {
      rows +=
          "<row><c t=\"s\"><v>" + std::to_string(i % 500) + "</v></c><c t=\"s\"><v>0</v></c></row>";
    }
    std::string strings;
    for (int i = 0; i < 500; ++i) strings += "<si><t>" + noise(20'000, i) + "</t></si>";
    return sheet_test::xlsx_of({.rows = rows, .strings = strings});
  });

  EXPECT_NE(refusal(orders), "");
}

TEST_F(HostileFile, DeepNestingAndEndlessTagsAreRefused) {
  make([] {
    std::string deep;
    for (int i = 0; i < 500'000; ++i) deep += "<a>";
    return sheet_test::xlsx_of({.rows = deep});
  });
  EXPECT_NE(refusal(orders), "");

  make([] {
    std::string deep;
    for (int i = 0; i < 500'000; ++i) deep += "<a>";
    return deep;
  });
  EXPECT_NE(refusal(xml), "");

  make([] {
    return sheet_test::xlsx_of({.rows = "<row a=\"" + noise(std::size_t{15} << 20) + "\"/>"});
  });
  EXPECT_EQ(refusal(orders), "bad_xml");
}

TEST_F(HostileFile, ACsvOfNothingButQuotesAndCellsIsRefused) {
  constexpr std::size_t kBytes = std::size_t{19} << 20;
  make([] { return "a,b\n\"" + std::string(kBytes, 'x'); });
  EXPECT_EQ(refusal(orders), "cell_too_long");

  make([] { return std::string(kBytes, '"'); });
  EXPECT_NE(refusal(orders), "");

  make([] { return std::string(kBytes, ','); });
  EXPECT_EQ(refusal(orders), "too_many_columns");

  make([] { return std::string(kBytes, '\n'); });
  EXPECT_NE(refusal(orders), "");
}

// Each cell could be a heading in one of several old codings; none is looked at that closely.
TEST_F(HostileFile, LongCellsOfOldLettersAreReadInTime) {
  make([] {
    std::string text = "Mã đơn hàng,Ngày đặt,Trạng thái,SKU,Tên hàng,Số lượng,Đơn giá\n";
    std::string letters;
    while (letters.size() < 100'000) letters += "\xF6\xF4 ";
    while (text.size() < (std::size_t{18} << 20)) {
      for (int i = 0; i < 9; ++i) text += letters + ",";
      text += "\n";
    }
    return text;
  });

  EXPECT_EQ(refusal(orders), "no_order_id");
}

TEST_F(HostileFile, MillionsOfWrongRowsAreToldOfInBounds) {
  make([] {
    std::string text = "Mã đơn hàng,Ngày đặt,Trạng thái,SKU,Số lượng,Đơn giá\n";
    while (text.size() < (std::size_t{18} << 20)) text += "v,x,y,z,1,1\n";
    return text;
  });

  EXPECT_EQ(refusal(orders), "too_many_rows");
}

}  // namespace
}  // namespace connectors::common
