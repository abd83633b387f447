package dev.plinth.local.network;

/**
 * A subnet.
 *
 * @param vpc   the id of its network
 * @param block its addresses, for example {@code 10.0.1.0/24}
 */
public record Subnet(String id, String constructPath, String vpc, String block) {
    public Subnet {
        AddressBlock.parse(block);
    }
}
