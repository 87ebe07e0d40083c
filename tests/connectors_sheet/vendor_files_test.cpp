// The seller centres' own order exports, for shops without API keys: wide files as they come, with
// the columns we never look at, and the same orders again a day later.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/time_text.h"
#include "connectors/common/worksheet/file_market.h"
#include "connectors/common/worksheet/order_file.h"
#include "tests/connectors_sheet/xlsx_maker.h"

namespace connectors::common {
namespace {

using catalog::OrderStatus;
using sheet_test::text_row;
using sheet_test::xlsx_of;

constexpr base::Instant kMadeAt = base::from_unix_s(1'795'500'000);

OrderFile read(const std::string& channel, const std::string& bytes) {
  return parse_order_file("export", bytes, vendor_order_words(channel).value(), kMadeAt);
}

std::string first_problem(const OrderFile& file) {
  return file.problems.empty() ? "" : file.problems[0].message;
}

const std::vector<std::string> kShopee = {"Mã đơn hàng",
                                          "Ngày đặt hàng",
                                          "Trạng Thái Đơn Hàng",
                                          "Lý do hủy",
                                          "Mã vận đơn",
                                          "Mã Kiện Hàng",
                                          "Đơn Vị Vận Chuyển",
                                          "SKU sản phẩm",
                                          "Tên sản phẩm",
                                          "SKU phân loại hàng",
                                          "Tên phân loại hàng",
                                          "Giá gốc",
                                          "Giá ưu đãi",
                                          "Số lượng",
                                          "Số lượng sản phẩm được hoàn trả",
                                          "Tổng giá bán (sản phẩm)",
                                          "Tổng giá trị đơn hàng (VND)",
                                          "Phí vận chuyển mà người mua trả",
                                          "Tổng số tiền Người mua thanh toán",
                                          "Phí cố định",
                                          "Phí Dịch Vụ",
                                          "Phí thanh toán",
                                          "Người Mua"};

std::string shopee_rows(const std::string& status) {
  return text_row(1, kShopee) +
         text_row(2, {"261124ABCD01",
                      "2026-11-24 08:02",
                      status,
                      "",
                      "SPXVN01",
                      "OFG1",
                      "SPX",
                      "TLD",
                      "Thanh long",
                      "LA-TLD-5KG",
                      "Hộp 5 kg",
                      "220000",
                      "'215.000",
                      "2",
                      "0",
                      "430000",
                      "455000",
                      "25000",
                      "455000",
                      "8000",
                      "9000",
                      "5000",
                      "nguoimua_mau"}) +
         text_row(3, {"261124ABCD01",
                      "2026-11-24 08:02",
                      status,
                      "",
                      "SPXVN01",
                      "OFG1",
                      "SPX",
                      "CN",
                      "Cải ngồng",
                      "LA-CN-BO",
                      "Bó",
                      "25000",
                      "25000",
                      "1",
                      "0",
                      "25000",
                      "455000",
                      "25000",
                      "455000",
                      "8000",
                      "9000",
                      "5000",
                      "nguoimua_mau"}) +
         text_row(4, {"261124ABCD02",
                      "2026-11-24 09:00",
                      "Đã hủy",
                      "Đổi ý",
                      "",
                      "",
                      "",
                      "RM",
                      "Rau má",
                      "LA-RM-BO",
                      "Bó",
                      "14000",
                      "14000",
                      "3",
                      "0",
                      "42000",
                      "42000",
                      "0",
                      "42000",
                      "0",
                      "0",
                      "0",
                      "nguoimua_mau"});
}

TEST(VendorFiles, ShopeesWorkbookIsReadWithItsSumsCountedOnce) {
  const auto got = read("shopee", xlsx_of({.rows = shopee_rows("Chờ lấy hàng")}));

  ASSERT_EQ(got.orders.size(), 2U) << first_problem(got);
  EXPECT_EQ(first_problem(got), "");
  const auto& order = got.orders[0];
  EXPECT_EQ(order.remote_id, "261124ABCD01");
  EXPECT_EQ(order.status, OrderStatus::to_ship);
  EXPECT_EQ(base::local_minute(order.created_at), "24/11/2026 08:02");
  ASSERT_EQ(order.lines.size(), 2U);
  EXPECT_EQ(order.lines[0].sku.text, "LA-TLD-5KG");
  EXPECT_EQ(order.lines[0].unit_price.minor, 215'000);
  EXPECT_EQ(order.goods.minor, 455'000);
  EXPECT_EQ(order.shipping.minor, 25'000);
  EXPECT_EQ(order.total.minor, 455'000);
  EXPECT_EQ(got.orders[1].status, OrderStatus::cancelled);
  EXPECT_EQ(got.orders[1].lines[0].cancelled, 3);
}

TEST(VendorFiles, ShopeesWordsMoveAnOrderForwardAndAStrangeOneIsNamed) {
  for (const auto& [word, status] : std::vector<std::pair<std::string, OrderStatus>>{
           {"Chờ xác nhận", OrderStatus::to_ship},
           {"Đang giao", OrderStatus::shipped},
           {"Đã giao", OrderStatus::delivered},
           {"HOÀN THÀNH", OrderStatus::completed},
           {"Trả hàng/Hoàn tiền", OrderStatus::returned}}) {
    const auto got = read("shopee", xlsx_of({.rows = shopee_rows(word)}));
    ASSERT_EQ(got.orders.size(), 2U) << word << first_problem(got);
    EXPECT_EQ(got.orders[0].status, status) << word;
  }

  const auto strange = read("shopee", xlsx_of({.rows = shopee_rows("Đang bay")}));

  ASSERT_EQ(strange.orders.size(), 1U);
  EXPECT_EQ(strange.problems[0].vendor_code, "unknown_status");
}

const std::string kLazada =
    "orderItemId,orderType,Guarantee,deliveryType,lazadaId,sellerSku,lazadaSku,wareHouse,"
    "createTime,"
    "updateTime,orderNumber,customerName,shippingName,shippingPhone,paidPrice,unitPrice,"
    "sellerDiscountTotal,shippingFee,itemName,variation,status,buyerFailedDeliveryReason\n";

std::string lazada_row(const std::string& item, const std::string& status) {
  return item + ",Normal,,dropship,1,LA-TLD-1KG,77_VNAMZ-1,dropshipping,24 Nov 2026 08:02," +
         "24 Nov 2026 "
         "09:00,410000123456789,mau,mau,0900000000,45000.00,50000.00,-5000.00,15000.00," +
         "\"Thanh long, túi 1 kg\",," + status + ",\n";
}

TEST(VendorFiles, LazadasRowsArePacksOfOneOrderKnownByTheirOwnIds) {
  const auto got =
      read("lazada", kLazada + lazada_row("7001", "pending") + lazada_row("7002", "canceled"));

  ASSERT_EQ(got.orders.size(), 1U) << first_problem(got);
  const auto& order = got.orders[0];
  EXPECT_EQ(order.remote_id, "410000123456789");
  EXPECT_EQ(order.status, OrderStatus::to_ship);
  EXPECT_EQ(base::local_minute(order.created_at), "24/11/2026 08:02");
  ASSERT_EQ(order.lines.size(), 2U);
  EXPECT_EQ(order.lines[0].remote_line_id, "7001");
  EXPECT_EQ(order.lines[0].quantity, 1);
  EXPECT_EQ(order.lines[0].cancelled, 0);
  EXPECT_EQ(order.lines[1].remote_line_id, "7002");
  EXPECT_EQ(order.lines[1].cancelled, 1);
  EXPECT_EQ(order.goods.minor, 45'000);
}

TEST(VendorFiles, ALaterExportOfFewerRowsNamesTheSameLines) {
  const auto first =
      read("lazada", kLazada + lazada_row("7001", "pending") + lazada_row("7002", "pending"));
  const auto later = read("lazada", kLazada + lazada_row("7002", "delivered"));

  ASSERT_EQ(first.orders.size(), 1U);
  ASSERT_EQ(later.orders.size(), 1U);
  EXPECT_EQ(first.orders[0].lines[1].remote_line_id, later.orders[0].lines[0].remote_line_id);
}

TEST(VendorFiles, AShopWithoutKeysTakesInWhatLiesInItsFolder) {
  const auto folder = std::filesystem::path(::testing::TempDir()) / "vendor-files-test";
  std::filesystem::remove_all(folder);
  const Settings settings{catalog::AccountId{"shopee"}, {{"exchange_dir", folder.string()}}};
  auto made = make_file_market("shopee", settings);
  ASSERT_TRUE(made.ok()) << made.error().message;
  auto& shop = *made.value();
  std::ofstream(folder / "in" / "Order.all.20261101_20261124.xlsx", std::ios::binary)
      << xlsx_of({.rows = shopee_rows("Đang giao")});

  OrderQuery query;
  const auto page = shop.pull_orders(query);

  ASSERT_TRUE(page.ok()) << page.error().message;
  EXPECT_EQ(page.value().orders.size(), 2U);
  EXPECT_TRUE(page.value().unreadable.empty());
  EXPECT_EQ(shop.capabilities().delivery, Delivery::worksheet);
  EXPECT_TRUE(shop.capabilities().own_shipping);
  const auto refused = shop.read({});
  EXPECT_EQ(refused.error().vendor_code, "no_api");
  EXPECT_FALSE(make_file_market("provincial", settings).ok());
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace connectors::common
