// Dice, fault plan, call log, credentials.
#include <gtest/gtest.h>

#include <cpprest/asyncrt_utils.h>

#include "sandbox/faulty_handler.h"
#include "tests/sandbox/support.h"

namespace sandbox_test {
namespace {

using namespace std::chrono_literals;
using server::http::Wire;

const std::string kProducts = "/wp-json/wc/v3/products";

std::string complaint(const std::string& rules) {
  sandbox::FaultPlan plan;
  try {
    plan.set(Json::parse(rules));
  } catch (const std::invalid_argument& wrong) {
    return wrong.what();
  }
  return {};
}

TEST(Dice, TheSameSeedThrowsTheSame) {
  sandbox::Dice a(11);
  sandbox::Dice b(11);
  sandbox::Dice c(12);

  const auto first = a.alphanumeric(32);
  EXPECT_EQ(first, b.alphanumeric(32));
  EXPECT_NE(first, c.alphanumeric(32));
}

TEST(FaultPlan, NamesTheBadMember) {
  EXPECT_NE(complaint(R"([{"kind":"explode"}])").find("kind"), std::string::npos);
  EXPECT_NE(complaint(R"([{"kind":"drop","times":"x"}])").find("times"), std::string::npos);
  EXPECT_NE(complaint(R"([{"kind":"drop","skip":-1}])").find("skip"), std::string::npos);
  EXPECT_NE(complaint(R"([{"kind":"drop","probability":2}])").find("probability"),
            std::string::npos);
  EXPECT_NE(complaint(R"([{"kind":"drop","pth":"x"}])").find("pth"), std::string::npos);
  EXPECT_NE(complaint(R"([7])"), "");
  EXPECT_NE(complaint(R"({})"), "");
  EXPECT_EQ(complaint(R"([{"kind":"status","status":429,"times":2}])"), "");
}

TEST(FaultPlan, CountsSkipsAndTimesPerRule) {
  sandbox::Context context(1);
  context.faults.set(
      Json::parse(R"([{"channel":"a","path":"/x","kind":"drop","skip":1,"times":2}])"));
  const auto hit = [&](const char* channel, const char* path) {
    return context.faults.next(channel, path, context.dice).has_value();
  };

  EXPECT_FALSE(hit("b", "/x"));
  EXPECT_FALSE(hit("a", "/y"));
  EXPECT_FALSE(hit("a", "/x/1"));
  EXPECT_TRUE(hit("a", "/x/2"));
  EXPECT_TRUE(hit("a", "/x/3"));
  EXPECT_FALSE(hit("a", "/x/4"));
}

TEST(FaultPlan, ProbabilityFollowsTheSeed) {
  const auto pattern = [](std::uint64_t seed) {
    sandbox::Context context(seed);
    context.faults.set(Json::parse(R"([{"kind":"drop","probability":0.5}])"));
    std::string out;
    for (int i = 0; i < 64; ++i) {
      out += context.faults.next("a", "/", context.dice) ? '1' : '0';
    }
    return out;
  };

  EXPECT_EQ(pattern(5), pattern(5));
  EXPECT_NE(pattern(5), pattern(6));
  EXPECT_NE(pattern(5).find('0'), std::string::npos);
  EXPECT_NE(pattern(5).find('1'), std::string::npos);
}

// What a rule does to one POST that would make a product.
class Spoiled {
 public:
  explicit Spoiled(const std::string& rule) {
    shop.context().faults.set(Json::parse("[" + rule + "]"));
    const auto handler = sandbox::with_faults(shop.channel(), shop.context(), &unserved);
    auto wanted = request("POST", kProducts, R"({"name":"A","sku":"A"})");
    const auto signed_in = "Basic " + basic();
    wanted.headers.emplace_back("Authorization", signed_in);
    answer = handler(wanted);
    happened = !shop.channel().shown().empty();
  }
  std::string basic() const {
    const auto pair = shop.credentials().consumer_key + ":" + shop.credentials().consumer_secret;
    return utility::conversions::to_base64({pair.begin(), pair.end()});
  }
  std::int64_t kept_away() const { return unserved.to_json().at("total").as_integer(); }

  Shop shop;
  sandbox::CallLog unserved;
  server::http::Response answer;
  bool happened = false;
};

TEST(FaultyHandler, StatusAndHtmlAnswerInTheChannelsPlace) {
  const Spoiled busy(R"({"kind":"status","status":429,"body":"{}"})");
  const Spoiled page(R"({"kind":"html"})");

  EXPECT_EQ(busy.answer.status, 429);
  EXPECT_EQ(header(busy.answer, "Retry-After"), "1");
  EXPECT_FALSE(busy.happened);
  EXPECT_EQ(busy.kept_away(), 1);
  EXPECT_EQ(page.answer.status, 200);
  EXPECT_EQ(page.answer.content_type, "text/html; charset=utf-8");
}

TEST(FaultyHandler, TimeoutsAreSilentBeforeOrAfterTheEffect) {
  const Spoiled before(R"({"kind":"timeout_before"})");
  const Spoiled after(R"({"kind":"timeout_after","delay_ms":50})");

  EXPECT_FALSE(before.happened);
  EXPECT_EQ(before.answer.wire, Wire::drop);
  EXPECT_EQ(before.answer.delay, 120s);
  EXPECT_TRUE(after.happened);
  EXPECT_EQ(after.answer.wire, Wire::drop);
  EXPECT_EQ(after.answer.delay, 50ms);
  EXPECT_EQ(after.kept_away(), 0);
}

TEST(FaultyHandler, TruncatedAndDelayedAnswersAreTheChannelsOwn) {
  const Spoiled half(R"({"kind":"truncated"})");
  const Spoiled late(R"({"kind":"delay","delay_ms":70})");
  const Spoiled drop(R"({"kind":"drop"})");

  EXPECT_TRUE(half.happened);
  EXPECT_EQ(half.answer.wire, Wire::truncated);
  EXPECT_EQ(half.answer.status, 201);
  EXPECT_TRUE(late.happened);
  EXPECT_EQ(late.answer.wire, Wire::normal);
  EXPECT_EQ(late.answer.delay, 70ms);
  EXPECT_FALSE(drop.happened);
}

TEST(CallLog, ReadsBackWhatItWrote) {
  sandbox::CallLog log;
  log.record(base::from_unix_s(100), "/a", sandbox::CallLog::Kind::write, 200);
  log.record(base::from_unix_s(100), "/b", sandbox::CallLog::Kind::read, 200);
  log.count_throttled();
  log.count_unauthorized();
  sandbox::CallLog other;

  other.load(log.to_json());

  EXPECT_EQ(other.to_json(), log.to_json());
  EXPECT_EQ(log.to_json().at("by_second").at("100").as_integer(), 2);
}

TEST(Credentials, ReadBackAsWrittenButForTheCodes) {
  sandbox::Dice dice(4);
  auto made = sandbox::make_credentials(dice);
  made.shopee.auth_code = "spent";

  const auto read = sandbox::credentials_from(to_json(made));

  EXPECT_EQ(read.shopee.auth_code, "");
  made.shopee.auth_code = "";
  EXPECT_EQ(to_json(read), to_json(made));
}

}  // namespace
}  // namespace sandbox_test
