// The real program on free ports, spoken to over HTTP.
#include <curl/curl.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <cpprest/json.h>

extern char** environ;

namespace {

namespace fs = std::filesystem;
using Json = web::json::value;

constexpr long kCallDeadlineMs = 20'000;

struct Reply {
  long status = 0;
  std::string body;
};

std::size_t keep(char* bytes, std::size_t size, std::size_t count, void* body) {
  static_cast<std::string*>(body)->append(bytes, size * count);
  return size * count;
}

// `login`: "user:password" or empty.
Reply http(const std::string& method, const std::string& url, const std::string& body = "",
           const std::string& login = "") {
  CURL* call = curl_easy_init();
  Reply reply;
  curl_easy_setopt(call, CURLOPT_URL, url.c_str());
  curl_easy_setopt(call, CURLOPT_CUSTOMREQUEST, method.c_str());
  curl_easy_setopt(call, CURLOPT_TIMEOUT_MS, kCallDeadlineMs);
  curl_easy_setopt(call, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(call, CURLOPT_PROXY, "");
  curl_easy_setopt(call, CURLOPT_WRITEFUNCTION, keep);
  curl_easy_setopt(call, CURLOPT_WRITEDATA, &reply.body);
  if (method == "POST") curl_easy_setopt(call, CURLOPT_COPYPOSTFIELDS, body.c_str());
  if (!login.empty()) curl_easy_setopt(call, CURLOPT_USERPWD, login.c_str());
  if (curl_easy_perform(call) == CURLE_OK) {
    curl_easy_getinfo(call, CURLINFO_RESPONSE_CODE, &reply.status);
  }
  curl_easy_cleanup(call);
  return reply;
}

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

// A started program; its first line is read, its end is waited for.
class Program {
 public:
  explicit Program(std::vector<std::string> arguments) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    arguments.insert(arguments.begin(), NONGSAN_SANDBOX_BINARY);
    std::vector<char*> raw;
    for (auto& argument : arguments) raw.push_back(argument.data());
    raw.push_back(nullptr);
    if (posix_spawn(&pid_, NONGSAN_SANDBOX_BINARY, &actions, nullptr, raw.data(), environ) != 0) {
      throw std::runtime_error("cannot start the sandbox");
    }
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    output_ = ends[0];
  }
  ~Program() {
    if (pid_ > 0) end(SIGKILL);
    close(output_);
  }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  std::string line() {
    std::string out;
    char c = 0;
    while (read(output_, &c, 1) == 1 && c != '\n') out.push_back(c);
    return out;
  }
  int end(int signal_number) {
    if (signal_number != 0) kill(pid_, signal_number);
    int status = 0;
    waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  pid_t pid_ = -1;
  int output_ = -1;
};

class SandboxProcess : public ::testing::Test {
 protected:
  void SetUp() override {
    auto pattern = (fs::temp_directory_path() / "nongsan-sandbox-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { fs::remove_all(folder_); }

  Program started() { return Program({"--state", folder_.string(), "--port-base", "0"}); }
  Json credentials() const { return Json::parse(read_file(folder_ / "credentials.json")); }
  std::string login() const {
    const auto store = credentials().at("provincial");
    return store.at("consumer_key").as_string() + ":" + store.at("consumer_secret").as_string();
  }

  fs::path folder_;
};

TEST_F(SandboxProcess, SaysWhereEverythingIs) {
  auto program = started();
  const auto said = Json::parse(program.line());

  for (const char* name : {"control", "provincial", "lazada", "shopee", "viettelpost", "vnpost"}) {
    EXPECT_TRUE(said.at(name).as_string().starts_with("http://127.0.0.1:")) << name;
  }
  EXPECT_TRUE(said.at("lazada").as_string().ends_with("/rest"));
  EXPECT_TRUE(fs::is_directory(said.at("voso").at("exchange").as_string() + "/out"));
  EXPECT_TRUE(fs::is_directory(said.at("postmart").at("exchange").as_string() + "/in"));
  EXPECT_EQ(http("GET", said.at("control").as_string() + "/healthz").status, 200);
  EXPECT_EQ(program.end(SIGTERM), 0);
}

TEST_F(SandboxProcess, KeepsCredentialsToItsOwner) {
  auto program = started();
  program.line();
  struct stat info {};
  ASSERT_EQ(stat((folder_ / "credentials.json").c_str(), &info), 0);

  EXPECT_EQ(info.st_mode & 0777U, 0600U);
  const auto keys = credentials();
  const std::vector<std::pair<const char*, std::vector<const char*>>> kMembers{
      {"shopee", {"partner_id", "partner_key", "push_key", "shop_id", "auth_code"}},
      {"lazada", {"app_key", "app_secret", "auth_code"}},
      {"provincial", {"consumer_key", "consumer_secret", "webhook_secret"}},
      {"viettelpost", {"username", "password", "webhook_token"}},
      {"vnpost", {"username", "password", "customer_code", "public_key", "signing_key"}}};
  for (const auto& [channel, members] : kMembers) {
    EXPECT_EQ(keys.at(channel).size(), members.size());
    for (const auto* member : members) EXPECT_TRUE(keys.at(channel).has_field(member)) << member;
  }
}

TEST_F(SandboxProcess, SellsOverHttpAndRemembersAcrossARestart) {
  const std::string kNew =
      R"({"name":"Nấm rơm","sku":"NR","regular_price":"45000","manage_stock":true,"stock_quantity":4})";
  const std::string kWish = R"({"channel":"provincial","lines":[{"sku":"NR","quantity":3}]})";
  Json before;
  Json keys;
  {
    auto program = started();
    const auto said = Json::parse(program.line());
    const auto products = said.at("provincial").as_string() + "/wp-json/wc/v3/products";
    const auto control = said.at("control").as_string();
    EXPECT_EQ(http("POST", products, kNew, login()).status, 201);
    EXPECT_EQ(http("GET", products).status, 401);
    EXPECT_EQ(http("POST", control + "/orders", kWish).status, 201);
    EXPECT_EQ(http("POST", control + "/orders", kWish).status, 409);
    EXPECT_EQ(http("POST", control + "/clock/advance", R"({"seconds":86400})").status, 200);
    before = Json::parse(http("GET", control + "/truth").body).at("channels");
    keys = credentials();
    EXPECT_EQ(program.end(SIGTERM), 0);
  }
  auto program = started();
  const auto control = Json::parse(program.line()).at("control").as_string();

  const auto after = Json::parse(http("GET", control + "/truth").body);

  EXPECT_EQ(after.at("channels").at("provincial"), before.at("provincial"));
  EXPECT_EQ(credentials().at("provincial"), keys.at("provincial"));
  EXPECT_EQ(credentials().at("shopee").at("partner_key"), keys.at("shopee").at("partner_key"));
  EXPECT_NE(credentials().at("shopee").at("auth_code"), keys.at("shopee").at("auth_code"));
  EXPECT_NE(credentials().at("lazada").at("auth_code"), keys.at("lazada").at("auth_code"));
  EXPECT_EQ(program.end(SIGINT), 0);
}

TEST_F(SandboxProcess, DropsTheConnectionWhenTheFaultPlanSaysSo) {
  auto program = started();
  const auto said = Json::parse(program.line());
  const auto products = said.at("provincial").as_string() + "/wp-json/wc/v3/products";
  const std::string kOnce =
      R"([{"channel":"provincial","kind":"timeout_after","delay_ms":20,"times":1}])";
  ASSERT_EQ(http("POST", said.at("control").as_string() + "/faults", kOnce).status, 200);

  const auto lost = http("POST", products, R"({"name":"A","sku":"A"})", login());
  const auto found = http("GET", products + "?sku=A", "", login());

  EXPECT_EQ(lost.status, 0);
  EXPECT_EQ(found.status, 200);
  EXPECT_EQ(Json::parse(found.body).size(), 1U);
}

TEST_F(SandboxProcess, RefusesAWrongCommandLineAndASecondTenant) {
  auto program = started();
  program.line();

  EXPECT_EQ(Program({"--stat", folder_.string()}).end(0), 2);
  EXPECT_EQ(Program(std::vector<std::string>{}).end(0), 2);
  EXPECT_EQ(Program({"--state", folder_.string(), "--port-base", "0"}).end(0), 1);
  EXPECT_EQ(Program({"--help"}).end(0), 0);
  EXPECT_EQ(Program({"--version"}).end(0), 0);
}

}  // namespace
