// The control API and the simulated buyers.
#include "sandbox/control.h"

#include <gtest/gtest.h>

#include <map>

#include "sandbox/buyers.h"
#include "sandbox/faulty_handler.h"
#include "tests/sandbox/support.h"

namespace sandbox_test {
namespace {

class Sandbox {
 public:
  explicit Sandbox(std::uint64_t seed = 7)
      : shop(seed),
        voso(sandbox::make_clerk(shop.context(), "voso", folder.path() / "voso",
                                 sandbox::ExportStyle::plain)),
        world{shop.context(), {&shop.channel(), voso.get()}, {}, {voso.get()},
              unserved,       [this] { ++resets; }} {}

  server::http::Response call(const std::string& method, const std::string& target,
                              const std::string& body = "") {
    return sandbox::control(world, request(method, target, body));
  }
  Json post(const std::string& path, const std::string& body) {
    return parsed(call("POST", path, body));
  }

  Folder folder;
  Shop shop;
  std::unique_ptr<sandbox::Clerk> voso;
  std::map<std::string, sandbox::CallLog> unserved;
  int resets = 0;
  sandbox::World world;
};

TEST(Control, UnknownPathsAndWrongMethodsAreNamed) {
  Sandbox box;

  EXPECT_EQ(box.call("GET", "/nothing").status, 404);
  EXPECT_EQ(box.call("GET", "/orders").status, 405);
  EXPECT_EQ(header(box.call("DELETE", "/truth"), "Allow"), "GET");
  EXPECT_EQ(box.call("GET", "/healthz").status, 200);
  EXPECT_EQ(box.call("POST", "/orders", "{").status, 400);
  EXPECT_EQ(box.call("POST", "/orders", "[]").status, 400);
  EXPECT_EQ(box.call("POST", "/faults", R"([{"kind":"?"}])").status, 400);
  EXPECT_EQ(box.call("POST", "/clock/advance", R"({"seconds":-1})").status, 400);
  EXPECT_EQ(box.call("POST", "/buyers", R"({"count":"many"})").status, 400);
  EXPECT_EQ(box.call("POST", "/clerk", R"({"channel":"provincial"})").status, 404);
  EXPECT_EQ(box.call("POST", "/codes", R"({"channel":"provincial"})").status, 404);
  EXPECT_EQ(
      box.call("POST", "/push", R"({"channel":"provincial","url":"http://127.0.0.1:9/"})").status,
      404);
  EXPECT_EQ(box.call("POST", "/act", R"({"channel":"provincial","act":"ban_item"})").status, 400);
  EXPECT_EQ(box.call("POST", "/act", R"({"channel":"nowhere","act":"ban_item"})").status, 404);
}

TEST(Control, OrdersArePlacedOrRefusedWithTheReason) {
  Sandbox box;
  box.shop.add("A", 1'000, 2);
  const std::string two = R"({"channel":"provincial","lines":[{"sku":"A","quantity":2}]})";

  const auto placed = box.call("POST", "/orders", two);
  const auto refused = box.call("POST", "/orders", two);
  const auto id = parsed(placed).at("order_id").as_string();
  const auto cancel = R"({"channel":"provincial","order_id":")" + id + "\"}";

  EXPECT_EQ(placed.status, 201);
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(parsed(refused).at("error").as_string(), "refused");
  EXPECT_EQ(box.call("POST", "/orders/cancel", cancel).status, 200);
  EXPECT_EQ(box.call("POST", "/orders/cancel", cancel).status, 409);
  EXPECT_EQ(box.call("POST", "/orders", two).status, 201);
  EXPECT_EQ(box.call("POST", "/orders", R"({"channel":"x","lines":[]})").status, 404);
  EXPECT_EQ(box.call("POST", "/orders", R"({"channel":"provincial","lines":[]})").status, 400);
}

TEST(Control, TruthHoldsOneChannelOrAll) {
  Sandbox box;
  box.shop.add("A", 1'000, 2);

  const auto all = parsed(box.call("GET", "/truth")).at("channels");
  const auto one = parsed(box.call("GET", "/truth?channel=provincial")).at("channels");

  EXPECT_EQ(all.size(), 2U);
  EXPECT_EQ(one.size(), 1U);
  EXPECT_EQ(one.at("provincial").at("listings").at(0).at("stock").as_integer(), 2);
  EXPECT_EQ(box.call("GET", "/truth?channel=x").status, 404);
}

TEST(Control, TruthCountsTheCallsThatFaultsKeptAway) {
  Sandbox box;
  const auto handler =
      sandbox::with_faults(box.shop.channel(), box.shop.context(), &box.unserved["provincial"]);
  box.post("/faults", R"([{"channel":"provincial","kind":"drop","times":1}])");
  handler(request("GET", "/wp-json/wc/v3/products"));
  handler(request("GET", "/wp-json/wc/v3/products"));

  const auto calls = parsed(box.call("GET", "/truth")).at("channels").at("provincial").at("calls");

  EXPECT_EQ(calls.at("total").as_integer(), 2);
  EXPECT_EQ(calls.at("faulted").as_integer(), 1);
  EXPECT_EQ(calls.at("by_path").at("/wp-json/wc/v3/products").as_integer(), 2);
}

TEST(Control, BuyersReproduceFromTheirSeed) {
  Sandbox a;
  Sandbox b;
  Sandbox c;
  for (auto* box : {&a, &b, &c}) {
    box->shop.add("A", 1'000, 40);
    box->shop.add("B", 2'000, 40);
    box->shop.add("C", 3'000, 40);
  }

  const auto first = a.post("/buyers", R"({"count":20,"seed":9,"channels":["provincial"]})");
  const auto same = b.post("/buyers", R"({"count":20,"seed":9,"channels":["provincial"]})");
  const auto other = c.post("/buyers", R"({"count":20,"seed":10,"channels":["provincial"]})");

  EXPECT_EQ(first, same);
  EXPECT_NE(first, other);
  EXPECT_EQ(first.at("placed").size() + static_cast<std::size_t>(first.at("refused").as_integer()),
            20U);
}

TEST(Control, BuyersNeverTakeMoreThanIsShown) {
  Sandbox box;
  box.shop.add("A", 1'000, 7);
  box.shop.add("B", 1'000, 5);

  const auto crowd = box.post("/buyers", R"({"count":60,"seed":3,"quantity_max":2})");
  const auto known = box.shop.channel().truth();

  EXPECT_GT(crowd.at("refused").as_integer(), 0);
  for (const auto& row : known.at("listings").as_array()) {
    const auto stock = row.at("stock").as_integer();
    const auto sold = known.at("sold").at(row.at("sku").as_string()).as_integer();
    EXPECT_EQ(stock + sold, row.at("sku").as_string() == "A" ? 7 : 5);
    EXPECT_GE(stock, 0);
  }
}

TEST(Control, BuyersCanBeHeldToSomeGoods) {
  Sandbox box;
  box.shop.add("A", 1'000, 9);
  box.shop.add("B", 1'000, 9);

  const auto crowd = box.post("/buyers", R"({"count":8,"skus":["B"],"quantity_max":1})");

  for (const auto& row : crowd.at("placed").as_array()) {
    EXPECT_EQ(row.at("lines").at(0).at("sku").as_string(), "B");
  }
  EXPECT_GT(crowd.at("placed").size(), 0U);
}

TEST(Control, TheClockMovesForAllAndResetForgets) {
  Sandbox box;
  box.shop.add("A", 1'000, 9);
  const auto before = box.shop.context().clock.now();

  box.post("/clock/advance", R"({"seconds":3600})");
  EXPECT_GE(box.shop.context().clock.now() - before, std::chrono::hours{1});
  box.post("/reset", "{}");

  EXPECT_EQ(box.shop.context().clock.offset().count(), 0);
  EXPECT_EQ(box.shop.channel().shown().size(), 0U);
  EXPECT_EQ(box.resets, 1);
}

TEST(Control, ClerksWorkOnDemand) {
  Sandbox box;
  write_file(box.folder.path() / "voso/out/a.csv",
             "Việc cần làm;Mã hàng (SKU);Tên hàng;Giá mới;Tồn mới\r\nTạo mới;A;Nấm;9000;3\r\n");

  const auto round = box.post("/clerk", "{}");

  EXPECT_EQ(round.at("voso").at("typed").as_integer(), 1);
  EXPECT_EQ(box.post("/buyers", R"({"count":2,"channels":["voso"],"quantity_max":1})")
                .at("placed")
                .size(),
            2U);
}

}  // namespace
}  // namespace sandbox_test
