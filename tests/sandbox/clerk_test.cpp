// The clerk types worksheets in and exports orders, through folders.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sandbox/clerk/clerk.h"
#include "tests/sandbox/support.h"

namespace sandbox_test {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;
using namespace std::chrono_literals;

constexpr const char* kHead =
    "\xEF\xBB\xBFSTT;Việc cần làm;Mã hàng (SKU);Tên hàng;Danh mục;Đơn vị;Khối lượng tịnh (g);"
    "Giá cũ;Giá mới;Tồn cũ;Tồn mới;Mô tả ngắn;Chứng nhận;Ảnh;Lý do\r\n";

class Market {
 public:
  explicit Market(sandbox::ExportStyle style = sandbox::ExportStyle::plain,
                  std::chrono::seconds every = 0s)
      : clerk(sandbox::make_clerk(context, "voso", folder.path() / "voso", style, every)) {}

  void hand_in(const std::string& name, const std::string& rows, const char* head = kHead) {
    write_file(folder.path() / "voso/out" / name, head + rows);
  }
  std::string exported(const Json& round) {
    return read_file(folder.path() / "voso/in" / round.at("file").as_string());
  }
  std::string first_two() { return "1;Tạo mới;A;Rau má;;;;;15000;;20;;;;\r\n"; }

  Folder folder;
  sandbox::Context context{3};
  std::unique_ptr<sandbox::Clerk> clerk;
};

TEST(Clerk, TypesEveryWorksheetOnceInTheOrderOfNames) {
  Market market;
  market.hand_in("voso-2026-11-22-02.csv", "1;Sửa;A;Rau má;;;;15000;16000;20;;;;;\r\n");
  market.hand_in("voso-2026-11-22-01.csv",
                 "1;Tạo mới;A;\"Rau má; sạch\";;;;;15000;;20;;;;\r\n"
                 "2;Tạo mới;B;Nấm;;;;;90000;;5;;;;\r\n");
  market.hand_in("voso-2026-11-22-01.xlsx", "not a sheet of ours");

  const auto round = market.clerk->work();
  const auto again = market.clerk->work();

  EXPECT_EQ(round.at("typed").as_integer(), 3);
  EXPECT_EQ(round.at("worksheets").size(), 2U);
  EXPECT_EQ(again.at("typed").as_integer(), 0);
  const auto shown = market.clerk->shown();
  ASSERT_EQ(shown.size(), 2U);
  EXPECT_EQ(shown[0].name, "Rau má");
  EXPECT_EQ(shown[0].price, 16'000);
  EXPECT_EQ(shown[0].stock, 20);  // an empty cell leaves what is there
  EXPECT_EQ(market.clerk->truth().at("calls").at("writes").as_integer(), 3);
}

TEST(Clerk, FindsColumnsByTheirNames) {
  Market market;
  market.hand_in("a.csv", "7;A;15000;Rau má;Tạo mới\r\n",
                 "TỒN MỚI;mã hàng (sku);Giá mới;Ten hang;Việc cần làm\r\n");

  market.clerk->work();

  ASSERT_EQ(market.clerk->shown().size(), 1U);
  EXPECT_EQ(market.clerk->shown()[0].stock, 7);
}

TEST(Clerk, SaysWhatCannotBeTyped) {
  Market market;
  market.hand_in("a.csv",
                 "1;Tạo mới;A;Rau má;;;;;15.000;;20;;;;\r\n"
                 "2;Ném đi;B;Nấm;;;;;90000;;5;;;;\r\n"
                 "3;Tạo mới;C;Lạp xưởng;;;;;120000;;5;;;;\r\n");
  market.hand_in("b.csv", "x\r\n", "Tên;Giá\r\n");

  const auto round = market.clerk->work();

  EXPECT_EQ(round.at("typed").as_integer(), 1);
  ASSERT_EQ(round.at("problems").size(), 3U);
  EXPECT_THAT(round.at("problems").at(0).as_string(), StartsWith("a.csv: row 2: the price"));
}

TEST(Clerk, WithdrawnGoodsAreNotSold) {
  Market market;
  market.hand_in("a.csv", market.first_two());
  market.clerk->work();
  market.hand_in("b.csv", "1;Gỡ xuống;A;Rau má;;;;;;;;;;;\r\n");
  market.clerk->work();

  EXPECT_FALSE(market.clerk->shown()[0].visible);
  EXPECT_FALSE(market.clerk->buy({{"A", 1}}));
}

TEST(Clerk, ExportsNewAndChangedOrdersOnly) {
  Market market;
  market.hand_in("a.csv", market.first_two());
  market.clerk->work();
  const auto first = market.clerk->buy({{"A", 2}}).value().order_id;

  const auto round = market.clerk->work();
  const auto quiet = market.clerk->work();
  const auto second = market.clerk->buy({{"A", 1}}).value().order_id;
  ASSERT_TRUE(market.clerk->cancel(first));
  const auto next = market.clerk->work();

  EXPECT_THAT(market.exported(round), StartsWith("\xEF\xBB\xBFMã đơn hàng,Ngày đặt hàng,"));
  EXPECT_THAT(market.exported(round), HasSubstr("Chờ xác nhận,A,Rau má,15000,2,30000,30000,N***"));
  EXPECT_TRUE(quiet.at("file").is_null());
  EXPECT_THAT(market.exported(next), HasSubstr("Đã hủy"));
  EXPECT_THAT(market.exported(next), HasSubstr(second));
  EXPECT_NE(round.at("file"), next.at("file"));
  EXPECT_EQ(market.clerk->shown()[0].stock, 19);
}

TEST(Clerk, ExportsAsAShopHasAHeadingAndATotal) {
  Market market(sandbox::ExportStyle::shop_heading);
  market.hand_in("a.csv", market.first_two());
  market.clerk->work();
  ASSERT_TRUE(market.clerk->buy({{"A", 2}}));

  const auto text = market.exported(market.clerk->work());

  EXPECT_THAT(text, StartsWith("\xEF\xBB\xBFGian hàng"));
  EXPECT_THAT(text, HasSubstr("Tổng cộng,,,,,,,,30000,\r\n"));
}

TEST(Clerk, OrdersMoveOnWithTime) {
  Market market;
  market.hand_in("a.csv", market.first_two());
  market.clerk->work();
  const auto id = market.clerk->buy({{"A", 2}}).value().order_id;
  market.clerk->work();

  market.context.clock.advance(30h);
  const auto round = market.clerk->work();

  EXPECT_EQ(round.at("exported").as_integer(), 1);
  EXPECT_THAT(market.exported(round), HasSubstr("Đang giao"));
  EXPECT_FALSE(market.clerk->cancel(id));
}

TEST(Clerk, WorksByItselfWhenAsked) {
  Market market(sandbox::ExportStyle::plain, 600s);
  market.hand_in("a.csv", market.first_two());

  market.clerk->tick();
  EXPECT_EQ(market.clerk->shown().size(), 0U);
  market.context.clock.advance(601s);
  market.clerk->tick();
  EXPECT_EQ(market.clerk->shown().size(), 1U);
}

TEST(Clerk, StateSurvivesWhole) {
  Market market;
  market.hand_in("a.csv", market.first_two());
  market.clerk->work();
  ASSERT_TRUE(market.clerk->buy({{"A", 2}}));
  auto other = sandbox::make_clerk(market.context, "voso", market.folder.path() / "voso",
                                   sandbox::ExportStyle::plain);

  other->load(Json::parse(market.clerk->save().serialize()));
  const auto round = other->work();

  EXPECT_EQ(other->truth(), market.clerk->truth());
  EXPECT_EQ(round.at("typed").as_integer(), 0);
  EXPECT_EQ(round.at("exported").as_integer(), 1);
}

}  // namespace
}  // namespace sandbox_test
