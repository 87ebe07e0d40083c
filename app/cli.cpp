#include "app/cli.h"

#include <unistd.h>

#include <algorithm>
#include <boost/program_options.hpp>
#include <filesystem>
#include <iostream>

#include "app/commands/commands.h"
#include "app/errors.h"
#include "app/forward.h"
#include "base/log.h"

namespace app {
namespace {

namespace po = boost::program_options;

constexpr const char* kVersion = "0.1.0";
constexpr const char* kDefaultConfig = "nongsan.conf";
const std::vector<std::string> kGlobalOptions = {"help", "version", "config",   "database",
                                                 "json", "lang",    "log-level"};

bool contains(const std::vector<std::string>& list, const std::string& name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

std::string command_words(const Command& command) {
  return command.operands.empty() ? command.path : command.path + " " + command.operands;
}

// The command whose words begin the given ones; the longest wins.
const Command* find_command(const std::vector<std::string>& words) {
  const Command* best = nullptr;
  std::string joined;
  for (std::size_t count = 1; count <= words.size() && count <= 2; ++count) {
    joined += (count > 1 ? " " : "") + words[count - 1];
    if (const auto* found = command_named(joined)) best = found;
  }
  return best;
}

void print_overview(Lang lang) {
  std::cout << "nongsan " << kVersion << "\n\n"
            << (lang == Lang::vi ? "Cách dùng: nongsan LỆNH [tùy chọn]"
                                 : "Usage: nongsan COMMAND [options]")
            << "\n\n";
  std::size_t width = 0;
  for (const auto& command : commands()) width = std::max(width, command_words(command).size());
  for (const auto& command : commands()) {
    const auto words = command_words(command);
    std::cout << "  " << words << std::string(width - words.size() + 2, ' ')
              << (lang == Lang::vi ? command.summary_vi : command.summary_en) << "\n";
  }
  std::cout << "\nnongsan LỆNH --help\n";
}

void print_option(const std::string& name, Lang lang) {
  for (const auto& option : option_table()) {
    if (option.name != name) continue;
    auto left = "--" + option.name + (option.value.empty() ? "" : " " + option.value);
    if (left.size() < 24) left.append(24 - left.size(), ' ');
    std::cout << "  " << left << " " << (lang == Lang::vi ? option.meaning_vi : option.meaning_en)
              << "\n";
  }
}

void print_help(const Command& command, Lang lang) {
  std::cout << "nongsan " << command_words(command) << "\n  "
            << (lang == Lang::vi ? command.summary_vi : command.summary_en) << "\n\n"
            << (lang == Lang::vi ? "Tùy chọn:" : "Options:") << "\n";
  for (const auto& name : command.options) print_option(name, lang);
  for (const auto& name : kGlobalOptions) print_option(name, lang);
  std::cout << (lang == Lang::vi ? "\nVí dụ:" : "\nExamples:") << "\n";
  for (const auto& example : command.examples) std::cout << "  nongsan " << example << "\n";
}

struct Parsed {
  std::vector<std::string> words;
  std::map<std::string, std::string> options;
};

Parsed parse(int argc, char** argv) {
  po::options_description all;
  for (const auto& option : option_table()) {
    if (option.value.empty()) {
      all.add_options()(option.name.c_str(), "");
    } else {
      all.add_options()(option.name.c_str(), po::value<std::string>(), "");
    }
  }
  all.add_options()("word", po::value<std::vector<std::string>>(), "");
  po::positional_options_description positional;
  positional.add("word", -1);
  namespace style = po::command_line_style;
  const auto plain = style::unix_style & ~style::allow_guessing;
  const auto given =
      po::command_line_parser(argc, argv).options(all).positional(positional).style(plain).run();
  Parsed parsed;
  for (const auto& option : given.options) {
    if (option.string_key == "word") {
      parsed.words.push_back(option.value.front());
    } else {
      parsed.options[option.string_key] = option.value.empty() ? "" : option.value.front();
    }
  }
  return parsed;
}

std::string config_file(const Parsed& parsed, const std::vector<std::string>& environment) {
  if (const auto found = parsed.options.find("config"); found != parsed.options.end()) {
    return found->second;
  }
  constexpr std::string_view kVariable = "NONGSAN_CONFIG=";
  for (const auto& variable : environment) {
    if (variable.starts_with(kVariable)) return variable.substr(kVariable.size());
  }
  return std::filesystem::exists(kDefaultConfig) ? kDefaultConfig : "";
}

base::Level log_level(const std::string& text) {
  if (text == "debug") return base::Level::debug;
  if (text == "info") return base::Level::info;
  if (text == "error") return base::Level::error;
  return base::Level::warning;
}

int usage(Lang lang, const std::string& vi, const std::string& en) {
  std::cerr << (lang == Lang::vi ? "lỗi: " + vi : "error: " + en) << "\n";
  return exit_usage;
}

bool has_terminal(const std::vector<std::string>& environment) {
  if (::isatty(STDERR_FILENO) == 0) return false;
  return std::find(environment.begin(), environment.end(), "TERM=dumb") == environment.end();
}

// Runs it here or, when a daemon holds the database, there.
int run_here_or_there(const Command& command, Parsed parsed, config::Settings settings,
                      Output& out) {
  const auto request = request_for(command, parsed.words, parsed.options);
  const auto socket = socket_path(settings);
  Invocation invocation{std::move(parsed.words), std::move(parsed.options), std::move(settings),
                        out};
  return run_guarded(invocation, command,
                     [&] { return forward(socket, request, out, standard_sink()); });
}

}  // namespace

std::string Invocation::option(const std::string& name, const std::string& fallback) const {
  const auto found = options.find(name);
  return found == options.end() ? fallback : found->second;
}

bool is_global_option(const std::string& name) {
  return contains(kGlobalOptions, name);
}

const Command* command_named(const std::string& path) {
  for (const auto& command : commands()) {
    if (command.path == path) return &command;
  }
  return nullptr;
}

std::optional<Complaint> complaint(const Command& command, const std::vector<std::string>& words,
                                   const std::map<std::string, std::string>& options) {
  for (const auto& [name, value] : options) {
    if (is_global_option(name) || contains(command.options, name)) continue;
    return Complaint{"\"" + command.path + "\" không có tùy chọn --" + name,
                     "\"" + command.path + "\" has no option --" + name};
  }
  if (words.size() < command.operands_min || words.size() > command.operands_max) {
    return Complaint{"cách dùng: nongsan " + command_words(command),
                     "usage: nongsan " + command_words(command)};
  }
  return std::nullopt;
}

const std::vector<OptionHelp>& option_table() {
  static const std::vector<OptionHelp> table = {
      {"account", "NAME", "chỉ gian hàng này", "only this shop"},
      {"sku", "SKU", "chỉ mã hàng này", "only this SKU"},
      {"file", "FILE", "phiếu người nhập gửi lại, cột \"Đã nhập\" có dấu x (.xlsx, .csv)",
       "the sheet as it came back, with an x in its column \"Đã nhập\" (.xlsx, .csv)"},
      {"partial", "", "nhập các dòng đúng, bỏ dòng sai", "take the good rows only"},
      {"limit", "N", "số dòng nhiều nhất", "most rows shown"},
      {"wait", "SECONDS", "chờ việc hẹn giờ tối đa", "how long to wait for later jobs"},
      {"exit-code", "", "thoát mã 10 nếu có khác biệt", "exit 10 when differences are found"},
      {"origin", "", "nguồn của từng giá trị", "where each value comes from"},
      {"by", "WHO", "người xác nhận", "who confirms"},
      {"all", "", "tất cả", "everything"},
      {"state", "STATE", "chỉ trạng thái này", "only this state"},
      {"redirect", "URL", "trang sàn trả về sau khi đồng ý", "where the channel returns to"},
      {"answer", "URL", "địa chỉ trình duyệt dừng lại, có mã",
       "the address it ended at, with the code"},
      {"listen", "PORT", "chờ trình duyệt ở cổng này của máy (0: cổng trống bất kỳ)",
       "wait for the browser at this port of the machine (0: any free one)"},
      {"match", "ITEM=SKU", "mặt hàng này trên sàn là SKU kia", "this listing there is that SKU"},
      {"handover", "ID", "cách giao hàng cho bên vận chuyển", "how the parcel is handed over"},
      {"carrier", "NAME", "hãng vận chuyển của nhà bán", "the seller's own carrier"},
      {"to", "FILE", "tệp người nhận: name, phone, address, ward = …",
       "the receiver's file: name, phone, address, ward = …"},
      {"to-name", "TEXT", "tên người nhận", "the receiver's name"},
      {"to-phone", "TEXT", "điện thoại người nhận", "the receiver's phone"},
      {"to-address", "TEXT", "địa chỉ người nhận, đầy đủ", "the receiver's whole address"},
      {"to-ward", "PLACE", "\"XÃ, TỈNH\" hoặc mã (nongsan carrier places)",
       "\"COMMUNE, PROVINCE\" or ids (nongsan carrier places)"},
      {"weight", "WEIGHT", "khối lượng cả kiện: gam, hoặc 5,2kg", "of the parcel: grams, or 5.2kg"},
      {"cod", "SUM", "thu hộ: none, goods, total hoặc số tiền",
       "to be collected: none, goods, total or an amount"},
      {"service", "CODE", "dịch vụ của hãng vận chuyển", "the carrier's service"},
      {"old", "", "địa danh ba cấp trước 7/2025", "the three levels before July 2025"},
      {"tracking", "NUMBER", "mã vận đơn của hãng đó", "that carrier's tracking number"},
      {"reason", "REASON", "lý do hủy", "why it is cancelled"},
      {"format", "FORMAT", "jsonld (mặc định), csv, producers-csv",
       "jsonld (default), csv, producers-csv"},
      {"out", "FILE", "ghi vào tệp này", "write to this file"},
      {"note", "TEXT", "ghi chú", "a note"},
      {"key", "TEXT", "khóa chống ghi trùng", "makes a repeat change nothing"},
      {"force", "", "vẫn ghi dù bớt nhiều mặt hàng", "write it though many items go"},
      {"withdraw", "", "gỡ khỏi sàn", "take off the channel"},
      {"dry-run", "", "chỉ cho xem, không làm", "show, change nothing"},
      {"config", "FILE", "tệp cấu hình (mặc định nongsan.conf)", "configuration (nongsan.conf)"},
      {"database", "FILE", "tệp cơ sở dữ liệu", "the database file"},
      {"json", "", "in JSON", "print JSON"},
      {"lang", "vi|en", "ngôn ngữ", "language"},
      {"log-level", "LEVEL", "mức ghi nhật ký", "log level"},
      {"help", "", "trợ giúp", "this help"},
      {"version", "", "phiên bản", "the version"},
  };
  return table;
}

int run_command_line(int argc, char** argv, const std::vector<std::string>& environment) {
  Lang lang = Lang::vi;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--lang=en" ||
        (word == "--lang" && i + 1 < argc && std::string_view(argv[i + 1]) == "en")) {
      lang = Lang::en;
    }
  }
  Parsed parsed;
  try {
    parsed = parse(argc, argv);
  } catch (const po::error& wrong) {
    return usage(lang, std::string("tùy chọn sai: ") + wrong.what(), wrong.what());
  }
  if (parsed.options.contains("version")) {
    std::cout << "nongsan " << kVersion << "\n";
    return exit_ok;
  }
  const auto* command = find_command(parsed.words);
  if (command == nullptr) {
    if (parsed.words.empty() || parsed.options.contains("help")) {
      print_overview(lang);
      return parsed.words.empty() && !parsed.options.contains("help") ? exit_usage : exit_ok;
    }
    return usage(lang, "không có lệnh \"" + parsed.words.front() + "\" (nongsan --help)",
                 "there is no command \"" + parsed.words.front() + "\" (nongsan --help)");
  }
  if (parsed.options.contains("help")) {
    print_help(*command, lang);
    return exit_ok;
  }
  const auto own = 1 + std::count(command->path.begin(), command->path.end(), ' ');
  parsed.words.erase(parsed.words.begin(), parsed.words.begin() + own);
  if (const auto wrong = complaint(*command, parsed.words, parsed.options)) {
    return usage(lang, wrong->vi, wrong->en);
  }

  std::map<std::string, std::string> flags;
  for (const char* name : {"database", "lang"}) {
    if (parsed.options.contains(name)) flags[name] = parsed.options[name];
  }
  if (parsed.options.contains("log-level")) flags["log_level"] = parsed.options["log-level"];
  auto settings = config::load(flags, environment, config_file(parsed, environment));
  if (!settings) return usage(lang, settings.error().message, settings.error().message);
  lang = settings.value().text("lang") == "en" ? Lang::en : Lang::vi;
  base::open_log(log_level(settings.value().text("log_level")), settings.value().text("log_file"));

  Output out(lang, parsed.options.contains("json"), standard_sink(),
             has_terminal(environment) ? Terminal::yes : Terminal::no);
  return run_here_or_there(*command, std::move(parsed), std::move(settings).value(), out);
}

}  // namespace app
