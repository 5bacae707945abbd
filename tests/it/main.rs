//! All tests of the public interface.
