package org.pxemesh.lab.networks;

/**
 * The zoo in one network.
 *
 * @param server the address that must answer, alone
 * @param machine number of the first machine
 * @param leased whether a real DHCP server gives the addresses
 * @param about the peer that answers, for the report
 */
record Exam(Net net, String server, int machine, boolean leased, String about) {}
