#pragma once
// One process at a time: an advisory lock on "<database>.lock" (flock), gone with its holder
// however that ends. Errors: LockedError when another holds it, StorageError when the file cannot
// be made. Threads: one owner.
#include <filesystem>

namespace storage::sqlite {

class FileLock {
 public:
  explicit FileLock(const std::filesystem::path& file);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  int descriptor_ = -1;
};

}  // namespace storage::sqlite
