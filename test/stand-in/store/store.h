// SPDX-License-Identifier: MIT
//
// Keeps records on disk, each in a file of its own. A file is replaced as a whole, so a process
// that dies leaves either the old record or the new one.
#pragma once

#include <windows.h>

#include <string>
#include <vector>

namespace dosvc_stand_in {

class Store {
 public:
  // Creates the folder if it is missing.
  // `extension` distinguishes one kind of record from the others in the folder.
  Store(std::wstring folder, std::wstring extension);

  std::vector<std::wstring> Load() const;
  // Returns false if the record cannot be written.
  bool Save(const GUID& id, const std::wstring& record) const;
  void Remove(const GUID& id) const;

 private:
  std::wstring PathOf(const GUID& id) const;

  const std::wstring folder_;
  const std::wstring extension_;
};

}  // namespace dosvc_stand_in
