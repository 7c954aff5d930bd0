// SPDX-License-Identifier: MIT
//
// Records on disk, a file each. A file is replaced as a whole: a process that dies leaves the
// record before or the one after.
#pragma once

#include <windows.h>

#include <string>
#include <vector>

namespace dosvc_stand_in {

class Store {
 public:
  // The folder is made where it is missing.
  // `extension` tells one kind of records from others in the folder.
  Store(std::wstring folder, std::wstring extension);

  std::vector<std::wstring> Load() const;
  // False where the disk refuses.
  bool Save(const GUID& id, const std::wstring& record) const;
  void Remove(const GUID& id) const;

 private:
  std::wstring PathOf(const GUID& id) const;

  const std::wstring folder_;
  const std::wstring extension_;
};

}  // namespace dosvc_stand_in
