#pragma once
// What an installation is told: flags > NONGSAN_* > configuration file > defaults. The first source
// that names a key wins, and every key remembers where it came from (`config show --origin`).
//
// The file is INI as Boost.Program_options reads it: keys at the top, then one [account.NAME]
// section per shop and one [carrier.NAME] section per account at a carrier. Unknown top-level keys
// are an error that names the key and the file; keys of a section that are not ours belong to its
// connector. NONGSAN_DATABASE is `database`, NONGSAN_ACCOUNT_SHOPEE_SHOP_ID is
// `account.shopee.shop_id`.
// Errors: invalid, naming key and origin, never a secret's value. Threads: values.
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace config {

struct Entry {
  std::string value;
  std::string origin;  // "--database", "NONGSAN_DATABASE", "nongsan.conf", "default"
};

class Settings {
 public:
  using Map = std::map<std::string, Entry>;

  explicit Settings(Map entries) : entries_(std::move(entries)) {}

  const Map& entries() const { return entries_; }
  std::string text(std::string_view key) const;
  base::Result<std::int64_t> number(std::string_view key, std::int64_t least,
                                    std::int64_t most) const;
  std::vector<std::string> accounts() const;  // names, sorted
  // Every key of one account, its prefix removed.
  std::map<std::string, std::string> account(const std::string& name) const;
  // The same of the sections of carriers.
  std::vector<std::string> carriers() const;
  std::map<std::string, std::string> carrier(const std::string& name) const;

 private:
  Map entries_;
};

struct KeyHelp {
  std::string_view key;
  std::string_view fallback;
  std::string_view meaning;
};
// The top-level keys, in the order of the sample file.
const std::vector<KeyHelp>& known_keys();

// `flags`: from the command line, key -> value. `environment`: all of it, "NAME=value". An empty
// `file` means none.
base::Result<Settings> load(const std::map<std::string, std::string>& flags,
                            const std::vector<std::string>& environment, const std::string& file);

// Whether the value of such a key must not be shown.
bool is_secret(std::string_view key);

}  // namespace config
